// Generic classes with methods that introduce further type parameters.
class Box[A](val value: A) {
  def map[B](f: A => B): Box[B] = Box(f(value))
  def zip[B](that: Box[B]): Box[(A, B)] = Box((value, that.value))
  def fold[B](zero: B)(f: (B, A) => B): B = f(zero, value)
  override def toString: String = s"[$value]"
}

class Cache[K, V](compute: K => V) {
  private var known: Map[K, V] = Map.empty
  private var misses = 0
  def get(k: K): V = known.get(k) match {
    case Some(v) => v
    case None =>
      misses += 1
      val v = compute(k)
      known = known.updated(k, v)
      v
  }
  def missCount: Int = misses
}

@main def run(): Unit = {
  println(Box(1).map(_ + 1).map(n => s"n$n"))
  println(Box('a').zip(Box(List(1))))
  println(Box(5).fold("x")((s, n) => s * n))
  val c = Cache[Int, Long](n => n.toLong * n * n)
  println(List(3, 1000000, 3, 3).map(c.get))
  println(c.missCount)
}
