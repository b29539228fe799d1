// Superclass first, then traits from left to right, each once, then the own body.
trait Base { println("Base") }
trait Left extends Base { println("Left") }
trait Right extends Base { println("Right") }
class Parent { println("Parent") }
class Child extends Parent with Left with Right { println("Child") }
class GrandChild extends Child with Right with Base { println("GrandChild") }

object Main:
  def main(args: Array[String]): Unit =
    new Child
    println("--")
    new GrandChild
    println("--")
    new Right with Left
    println("done")
