// A trait may use a parameter of the class, since parameters are set before any body.
trait Describes {
  def label: String
  val text: String = s"<$label>"
  println(s"trait body $text")
}
class Item(val label: String) extends Describes {
  println(s"class body $text")
}

@main def run(): Unit = {
  val i = Item("lamp")
  println(i.text)
}
