// Covariant producers and contravariant consumers.
class Animal(val name: String)
class Dog(name: String) extends Animal(name) {
  def bark: String = s"$name barks"
}

trait Source[+A] {
  def get: A
}
trait Sink[-A] {
  def put(a: A): String
}
class Kennel(d: Dog) extends Source[Dog] {
  def get: Dog = d
}
object AnimalPrinter extends Sink[Animal] {
  def put(a: Animal): String = s"animal ${a.name}"
}

@main def run(): Unit = {
  val kennel: Source[Dog] = Kennel(Dog("Rex"))
  val animals: Source[Animal] = kennel
  println(animals.get.name)
  val dogSink: Sink[Dog] = AnimalPrinter
  println(dogSink.put(kennel.get))
  val dogs: List[Dog] = List(Dog("A"), Dog("B"))
  val all: List[Animal] = Animal("C") :: dogs
  println(all.map(_.name))
  val f: Animal => String = _.name
  val g: Dog => String = f
  println(g(Dog("D")))
  println(dogs.map(f))
}
