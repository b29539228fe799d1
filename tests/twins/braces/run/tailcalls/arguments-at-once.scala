// The new arguments are all computed from the old ones.
@main def run(): Unit = {
  def fibonacci(n: Int, a: Long, b: Long): Long =
    if n == 0 then a else fibonacci(n - 1, b, a + b)
  println(fibonacci(90, 0, 1))
  def swap(a: Int, b: Int, n: Int): (Int, Int) =
    if n == 0 then (a, b) else swap(b, a, n - 1)
  println(swap(1, 2, 100001))
  def rotate(a: Int, b: Int, c: Int, n: Int): String =
    if n == 0 then s"$a$b$c" else rotate(b, c, a, n - 1)
  println(rotate(1, 2, 3, 70000))
  def fs(n: Int, acc: List[() => Int]): List[() => Int] =
    if n == 0 then acc else fs(n - 1, (() => n) :: acc)
  println(fs(3, Nil).map(_()))
}
