// Classes and traits in one chain.
class Base {
  def who: List[String] = List("Base")
}
trait X extends Base {
  override def who: List[String] = "X" :: super.who
}
trait Y extends Base {
  override def who: List[String] = "Y" :: super.who
}
class Middle extends Base, X {
  override def who: List[String] = "Middle" :: super.who
}
class Bottom extends Middle, Y, X {
  override def who: List[String] = "Bottom" :: super.who
}

@main def run(): Unit = {
  println(Bottom().who)
  println(Middle().who)
  println((new Base with Y with X).who)
  val b: Base = Bottom()
  println(b.who.length)
}
