// scalac warns: a case that only null reaches; an array becomes an immutable sequence by a copy
object Test:
  def f(a: Any) = a match
    case x: Array[Int] => "int" + x(0)
    case x: Array[Double] => "double"
    case x: Array[Boolean] => "boolean"
    case x: Array[Char] => "char"
    case x: Array[?] => "other" + x.length
    case _ => "none"
  def g[T](a: Array[T]) = a match
    case x: Array[Int] => "int" + x(0)
    case x: Array[Long] => "long"
    case _ => "other"
  def h(a: Array[String]) = a match { case x: Array[String] => "yes"; case _ => "null" }
  def k(a: Any) = a match { case Array(x, y) => s"$x $y"; case _ => "no" }
  def main(args: Array[String]): Unit =
    println(f(Array(1))); println(f(Array(1.0f))); println(f(Array(1.0))); println(f(Array("a"))); println(f(Array(true))); println(f(Array(List(1))))
    println(f("abc".toCharArray)); println(f(null)); println(f(1))
    println(g(Array(1))); println(g(Array("a"))); println(g(Array(1L)))
    println(h(Array("a"))); println(h(null))
    println(k(Array(1, 2))); println(k(Array("a", 2))); println(k(Array(1)))
    println((Array(1): Any).isInstanceOf[Array[Int]])
    println((Array("a"): Any).isInstanceOf[Array[Int]])
    println((Array("a"): Any).isInstanceOf[Array[?]])
    val s = Array(3, 1, 2)
    val q = s.toSeq; val v = s.view; val l = s.toList; val it: Iterable[Int] = s; val cs: collection.Seq[Int] = s; val ix: IndexedSeq[Int] = s
    s(0) = 9
    println(q); println(v.toList); println(l); println(it); println(cs); println(ix)
