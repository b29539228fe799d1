// Extension methods, also generic and with operators.
extension (n: Int) {
  def isPrime: Boolean = n > 1 && (2 until n).forall(n % _ != 0)
  def **(k: Int): Int = if k == 0 then 1 else n * (n ** (k - 1))
  infix def times(body: => Unit): Unit = for _ <- 1 to n do body
}

extension (s: String) {
  def words: List[String] = s.split(" ").toList
  def shout: String = s.toUpperCase + "!"
}

extension [A](xs: List[A]) {
  def second: Option[A] = xs.drop(1).headOption
  def every(k: Int): List[A] = xs.zipWithIndex.collect { case (x, i) if i % k == 0 => x }
}

@main def run(): Unit = {
  println((1 to 20).filter(_.isPrime).toList)
  println(2 ** 10)
  3.times(print("ab "))
  println()
  println("the quick fox".words)
  println("hi".shout)
  println(List(1, 2, 3).second)
  println(List[String]().second)
  println((1 to 10).toList.every(3))
}
