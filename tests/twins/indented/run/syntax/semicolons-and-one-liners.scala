// Several statements in a line.
object Main { def main(args: Array[String]): Unit = { val a = 1; val b = 2; println(a + b); run(a)(b) }; def run(a: Int)(b: Int): Unit = { if a < b then println("less") else println("more"); List(a, b).foreach { x => print(x); print(";") }; println() } }
