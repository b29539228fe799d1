// Ordinary recursion some thousand calls deep.
@main def run(): Unit = {
  def sum(n: Int): Int = if n == 0 then 0 else n + sum(n - 1)
  println(sum(3000))
  def build(n: Int): List[Int] = if n == 0 then Nil else n :: build(n - 1)
  println(build(2000).length)
  def nested(n: Int): Option[Int] = if n == 0 then Some(0) else nested(n - 1).map(_ + 1)
  println(nested(1000))
}
