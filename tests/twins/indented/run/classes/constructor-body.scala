// The class body runs from the top, once per instance.
class Report(title: String):
  println(s"begin $title")
  val length: Int = title.length
  private val stars = "*" * length
  println(stars)
  def show(): Unit = println(s"$title has $length letters")
  println(s"end $title")

object Main:
  def main(args: Array[String]): Unit =
    val r = new Report("first")
    println("between")
    new Report("second").show()
    r.show()
