// scalac warns: adding a number and a String
// "" + x and s"$x" use the same text; null prints as null; + goes from the left.
case class Box(a: Any)

@main def run(): Unit = {
  val x = 7
  println(1 + 2 + "x" + 1 + 2)
  println("" + 'a' + 1)
  println("" + null)
  val none: String = null
  println(none + "!")
  println(s"$none and ${Box(null)}")
  println("a" + 1.0 + 2f + 3L + true + () + None)
  println(s"${x + 1}$x" + x)
  println("" + List("a", 'b', 1.5))
  var text = "a"
  text += 1
  text += 'c'
  text += null
  println(text)
  println("x" * 3 + "-" * 0)
  println(String.valueOf('a') + String.valueOf(1.50))
}
