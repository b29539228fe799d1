class X(val n: String) { override def equals(o: Any) = { print("X" + n + " "); true } ; override def hashCode = 1 }
class N { override def equals(o: Any) = { print("N "); false } }
final class FN { override def equals(o: Any) = { print("FN "); false } }
class V(val x: X) extends AnyVal
class VI(val x: Int) extends AnyVal
trait T
class XT extends T { override def equals(o: Any) = { print("XT "); true } }
case class C1(a: X, b: Int, c: X, d: String, e: Any, f: Double, g: T, h: V, i: VI, j: Boolean, k: Option[X])
case class C2(a: X, b: Int)
case class C3(a: X, b: String)
case class C4(a: X, b: Unit, c: VI)
case class C5(a: X, b: VI)
case class C6[A](a: X, b: A)
case class C7(a: X, b: Any)
case class C8(a: X, b: List[Int])
case class C9(a: X, b: V)
case class C10(a: Any, b: X)
case class C11(a: X, b: Array[Int])
case class C12(a: X, b: 1 | 2)
case class C13(a: X, b: "a")
@main def main(): Unit = {
  def x(s: String) = new X(s)
  println(C2(x("a"), 1) == C2(x("b"), 2))
  println(C3(x("a"), "") == C3(x("b"), "1"))
  println(C4(x("a"), (), new VI(3)) == C4(x("b"), (), new VI(4)))
  println(C5(x("a"), new VI(3)) == C5(x("b"), new VI(4)))
  println(C6(x("a"), 1) == C6(x("b"), 2))
  println(C7(x("a"), 1) == C7(x("b"), 2))
  println(C8(x("a"), List(1)) == C8(x("b"), List(2)))
  println(C9(x("a"), new V(x("c"))) == C9(x("b"), new V(x("d"))))
  println(C10(1, x("a")) == C10(2, x("b")))
  println(C11(x("a"), Array(1)) == C11(x("b"), Array(1)))
  println(C12(x("a"), 1) == C12(x("b"), 2))
  println(C13(x("a"), "a") == C13(x("b"), "a"))
  println(C1(x("a"), 1, x("c"), "", 5, 2.0, new XT, new V(x("v")), new VI(3), true, Some(x("k"))) == C1(x("a"), 1, x("c"), "", 5, 2.0, new XT, new V(x("v")), new VI(3), true, Some(x("k"))))
  val n = new N
  println(n == n)
  println((n: Any) == n)
  println(n == (n: Any))
  println((n: AnyRef) == n)
  println(List(n) == List(n))
  println(Some(n) == Some(n))
  println((n, 1) == (n, 1))
  println(List(n).contains(n))
  println(n match { case `n` => 1; case _ => 2 })
  println((n: Any) match { case `n` => 1; case _ => 2 })
  val f = new FN
  println(f == f)
  println(f != f)
  println(f.equals(f))
  val c = C2(x("q"), 1)
  println(c == c)
  def gen[A](a: A, b: A) = a == b
  println(gen(n, n))
  println(gen(f, f))
  def gen2[A <: N](a: A, b: A) = a == b
  println(gen2(n, n))
  val t: T = new XT
  println(t == new XT)
  println((null: N) == n)
  println(n == null)
  println((null: N) == null)
  println(List(1, null, 2).contains(null))
}
