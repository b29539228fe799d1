// sys.error throws a RuntimeException.
@main def run(): Unit = {
  def check(n: Int): Int = if n < 3 then n else sys.error(s"$n is too large")
  println((1 to 2).map(check).sum)
  println((1 to 5).map(check).sum)
}
