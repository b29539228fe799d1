// toString of ordinary classes, inherited and overridden.
abstract class Animal(val name: String):
  def sound: String
  override def toString: String = s"$name says $sound"
class Dog extends Animal("Dog"):
  def sound = "woof"
class Loud(inner: Animal) extends Animal("Loud " + inner.name):
  def sound = inner.sound.toUpperCase
  override def toString: String = super.toString + "!"

object Main:
  def main(args: Array[String]): Unit =
    println(new Dog)
    println(new Loud(new Dog))
    println(List(new Dog, new Loud(new Loud(new Dog))))
    println("" + new Dog)
