class X(val n: Int) { def ==(other: X): Boolean = { println("X.=="); n == other.n } }
class V(val x: X) extends AnyVal
class W(val x: Int) extends AnyVal
class S(val x: String) extends AnyVal { override def toString = "S:" + x }
case class C(x: X)
case class D(x: X, y: Int)
class Y { def ==(other: Int): Boolean = true; override def equals(o: Any) = { println("Y.equals"); super.equals(o) } }
class VY(val y: Y) extends AnyVal
class Sub(n: Int) extends X(n)
case class E(x: Sub)
class G[T](val v: T) extends AnyVal
case class H[T <: X](v: T)
object O extends X(4)
object Test:
  def main(args: Array[String]): Unit =
    println(new V(new X(1)) == new V(new X(1)))
    println(new V(new X(1)) == new V(new X(2)))
    println(new V(new X(1)).equals(new V(new X(1))))
    println((new V(new X(1)): Any) == new V(new X(1)))
    println(new W(1) == new W(1))
    println(new W(1) == new W(2))
    println((new W(1): Any) == new W(1))
    println((new W(1): Any).equals(new W(1)))
    println(new W(1).hashCode)
    println(new S("a"))
    println(new S("a") == new S("a"))
    println(new S("a").hashCode == "a".hashCode)
    println(Set(new S("a"), new S("a")).size)
    println(C(new X(1)) == C(new X(1)))
    println(D(new X(1), 2) == D(new X(1), 2))
    println(D(new X(1), 3) == D(new X(1), 2))
    println(new VY(new Y) == new VY(new Y))
    println(E(new Sub(1)) == E(new Sub(1)))
    println(new G(3) == new G(3))
    println(new G("a") == new G("a"))
    println(H(new X(1)) == H(new X(1)))
    println(new X(1) == new X(1))
    println(new X(1) != new X(1))
    println(new X(1) match { case O => 1; case _ => 2 })
    println(new X(4) match { case O => 1; case _ => 2 })
    val x = new X(5)
    println(new X(5) match { case `x` => 1; case _ => 2 })
    println((new X(5): Any) match { case `x` => 1; case _ => 2 })
    println(Some(new X(5)) match { case Some(`x`) => 1; case _ => 2 })
