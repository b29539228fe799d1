// Generic code with primitive values keeps their types and their equality.
class Pair[A, B](val a: A, val b: B) {
  def swap: Pair[B, A] = Pair(b, a)
  def same(that: Pair[A, B]): Boolean = a == that.a && b == that.b
}

@main def run(): Unit = {
  def id[A](a: A): A = a
  println(id(5) + id(6))
  println(id('a').toInt + id(1L))
  println(if id(true) then id("yes") else id("no"))
  val p = Pair(1, 2L)
  println(p.swap.a + p.a)
  println(p.same(Pair(1, 2L)))
  def count[A](xs: List[A], x: A): Int = xs.count(_ == x)
  println(count(List(1, 2, 1), 1))
  println(count(List('a', 'b'), 'b'))
  println(count(List("x"), "y"))
  println(count(List(BigInt(7)), BigInt(7)))
  def apply[A, B](f: A => B, a: A): B = f(a)
  println(apply((n: Int) => n * 1000000000, 3))
  println(apply((n: Long) => n * 1000000000, 3L))
  val fs: List[Int => Int] = List(_ + 1, _ * 2, n => n)
  println(fs.map(_(21)))
}
