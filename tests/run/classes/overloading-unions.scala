// A union of single values is not widened to a number where an overloaded method is chosen.
object Test:
  def f(x: Int): String = "Int"
  def f(x: Any): String = "Any"
  def g(x: Long): String = "Long"
  def g(x: Any): String = "Any"
  def h(x: Int): String = "Int"
  def h(x: String): String = "String"
  class Box(val v: Char, var w: Char)
  final val K = 'k'
  def k(x: Char): String = "Char"
  def k(x: Int): String = "Int"
  def k(x: Any): String = "Any"
  def main(args: Array[String]): Unit =
    val c = args.length == 0
    val a = 'a'
    val b = 'b'
    var m = 'm'
    val p: Char = 'p'
    val q: Char = 'q'
    println("1 " + f(if c then 'a' else 'b'))
    println("2 " + f(if c then 'a' else 'a'))
    println("3 " + f(if c then a else b))
    println("4 " + f(if c then a else 'b'))
    println("5 " + f(if c then a else m))
    println("6 " + f(if c then a else a))
    println("7 " + g(if c then 1 else 2))
    println("8 " + g(c match { case true => 1; case _ => 2 }))
    println("9 " + g(if c then 1 else throw new Exception))
    println("10 " + f({ val z = 1; if c then 'a' else 'b' }))
    println("11 " + f(try 'a' catch case e: Exception => 'b'))
    println("12 " + f(("12", ' ', 3)._2))
    println("13 " + f(if c then ("12", ' ', 3)._2 else 'b'))
    println("14 " + f(if c then p else q))
    println("15 " + h(if c then p else q))
    println("16 " + h(if c then 'a' else 'b'))
    println("17 " + f((if c then 'a' else 'b'): Char))
    val bx = Box('v', 'w')
    println("18 " + f(if c then bx.v else bx.w))
    println("19 " + f(if c then bx.v else bx.v))
    println("20 " + f(if c then bx.v else 'z'))
    println("21 " + f(if c then K else 'z'))
    println("23 " + k(if c then K else 'k'))
    println("24 " + k(if c then 'a' else 'b'))
    println("25 " + k(if c then p else q))
    println("26 " + f(if c then if c then 'a' else 'b' else s"abc".charAt(0)))
    println("27 " + f(if c then if c then 'a' else 'b' else 'c'))
    println("28 " + f(c match { case true if p == q => p; case true => 'x'; case _ => q }))
    println("29 " + g(if c then 1 else p))
    println("30 " + g(if c then 1 else 2L))
    println("31 " + g(if c then 1 else 'c'))
    println("32 " + f(Some(if c then 'a' else 'b').get))
    println("33 " + f((1, if c then 'a' else 'b')._2))
    def loc(ch: Char, dh: Char) = f(if c then ch else dh)
    println("34 " + loc('a', 'b'))
    println("35 " + g({ val t = 5; t }))
    println("36 " + g(if c then 1: Int else 2))
    println("38 " + g(if c then 1 + 1 else 3))
    println("39 " + g(if c then -1 else 3))
    println("40 " + g(if c then p.toInt else 3))
    println("41 " + g(if c then a + b else 3))
