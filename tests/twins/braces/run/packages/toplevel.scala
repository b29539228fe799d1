// Definitions outside of any class.
package tools.text

val separator = ", "
var calls = 0
type Line = String
def join(lines: List[Line]): Line = {
  calls += 1
  lines.mkString(separator)
}
lazy val late = { println("late"); calls }
private def hidden(n: Int) = n * 2
case class Word(text: String)

@main def run(): Unit = {
  println(join(List("a", "b")))
  println(join(Nil).isEmpty)
  println(hidden(calls))
  println(late)
  println(tools.text.Word("x"))
}
