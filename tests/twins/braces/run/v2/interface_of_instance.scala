// A trait of an instance that only declares can be extended anywhere.
trait Catalogue[T] {
  trait Entry
  trait Named {
    def name: T
  }
}

object Names extends Catalogue[String]
object Codes extends Catalogue[Int]

class Person(val name: String) extends Names.Named, Names.Entry
case class Code(name: Int) extends Codes.Named

def show(named: Names.Named): String = "<" + named.name + ">"

@main def main(): Unit = {
  println(show(Person("Ada")))
  val codes: List[Codes.Named] = List(Code(3), Code(4))
  println(codes.map(_.name).sum)
}
