// Which values are single ones: paths of vals from anywhere, constants, but no vars and no calls.
object O:
  val u = 'u'
  lazy val lz = 'l'
  def d = 'd'
class Base(val v: Char):
  val w = 'w'
  def f(x: Int): String = "Int"
  def f(x: Any): String = "Any"
  def t(c: Boolean, n: => Char) =
    println("a1 " + f(if c then v else w))
    println("a2 " + f(if c then v else this.v))
    println("a3 " + f(if c then O.u else w))
    println("a4 " + f(if c then O.lz else w))
    println("a5 " + f(if c then O.d else w))
    println("a6 " + f(if c then n else w))
    println("a7 " + f(if c then n else n))
object Test:
  def f(x: Int): String = "Int"
  def f(x: Any): String = "Any"
  final val K = 'k'
  inline val I = 'i'
  def main(args: Array[String]): Unit =
    val c = args.length == 0
    val a = 'a'
    val b = 'b'
    Base('v').t(c, 'n')
    println("1 " + f((a, b)._1))
    println("2 " + f(if c then (a, b)._1 else b))
    println("3 " + f(if c then (a, b)._1 else 'c'))
    println("4 " + f(if c then (1, 'x')._2 else 'c'))
    println("5 " + f(if c then I else 'c'))
    println("6 " + f(if c then (if c then a else b) else b))
    val z = if c then a else b
    println("7 " + f(z))
    println("8 " + f(if c then z else b))
    println("9 " + f(c match { case x if x => 'a'; case _ => b }))
    println("10 " + f('q' match { case x => if c then x else b }))
    println("11 " + f(if c then 'a'.toChar else b))
    println("12 " + f(if c then (a: Char) else b))
    println("13 " + f(if c then { val y = 'y'; y } else b))
    println("14 " + f(if c then { val y: 'y' = 'y'; y } else b))
    lazy val lz = 'l'
    println("15 " + f(if c then lz else b))
    var vv = 'v'
    println("16 " + f(if c then 'v' else vv))
    val t2 = ('x', 1)
    println("17 " + f(if c then t2._1 else b))
    println("19 " + f(if c then Some('x').value else b))
    println("20 " + f(if c then List('x').head else b))
    println("21 " + f(for case x <- Some('c') yield if c then x else b))
    val pq: 'p' | 'q' = 'p'
    println("22 " + f(pq))
    def m: 'p' | 'q' = 'p'
    println("23 " + f(m))
