object NullIsNoInstance:
  class Animal
  class Dog extends Animal
  def kind(a: Animal): String = a match
    case _: Dog => "dog"
    case _: Animal => "animal"
    case null => "null"
  def named(s: String): String = s match
    case t: String => t
    case null => "none"
  def main(args: Array[String]): Unit =
    println(kind(new Dog))
    println(kind(new Animal))
    println(kind(null))
    println(named("x"))
    println(named(null))
