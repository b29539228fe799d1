// Memoisation with a captured map.
@main def run(): Unit = {
  def memo[A, B](f: (A, A => B) => B): A => B = {
    var cache = Map.empty[A, B]
    def get(a: A): B = cache.get(a) match {
      case Some(b) => b
      case None =>
        val b = f(a, get)
        cache = cache.updated(a, b)
        b
    }
    get
  }
  var calls = 0
  val fib = memo[Int, Long] { (n, self) =>
    calls += 1
    if n < 2 then n else self(n - 1) + self(n - 2)
  }
  println(fib(60))
  println(calls)
  println(fib(61))
  println(calls)
  val paths = memo[(Int, Int), Long] { (p, self) =>
    if p._1 == 0 || p._2 == 0 then 1 else self((p._1 - 1, p._2)) + self((p._1, p._2 - 1))
  }
  println(paths((16, 16)))
}
