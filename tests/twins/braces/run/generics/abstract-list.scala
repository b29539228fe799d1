// A list type of our own, with variance and recursion.
sealed abstract class MyList[+A] {
  def head: A
  def tail: MyList[A]
  def isEmpty: Boolean
  def ::[B >: A](b: B): MyList[B] = Cons(b, this)
  def map[B](f: A => B): MyList[B] =
    if isEmpty then Empty else f(head) :: tail.map(f)
  def fold[B](z: B)(f: (B, A) => B): B =
    if isEmpty then z else tail.fold(f(z, head))(f)
  def ++[B >: A](that: MyList[B]): MyList[B] =
    if isEmpty then that else head :: (tail ++ that)
  override def toString: String = fold("")((s, a) => s + a + ";")
}
case class Cons[A](head: A, tail: MyList[A]) extends MyList[A] {
  def isEmpty = false
  override def toString: String = super.toString
}
case object Empty extends MyList[Nothing] {
  def head = sys.error("empty")
  def tail = sys.error("empty")
  def isEmpty = true
}

@main def run(): Unit = {
  val xs = 1 :: 2 :: 3 :: Empty
  println(xs)
  println(xs.map(_ * 10) ++ xs)
  println(xs.fold(0)(_ + _))
  println(("a" :: Empty).map(_.length))
  println((true :: xs.map(_ > 1)).fold(0)((n, b) => if b then n + 1 else n))
}
