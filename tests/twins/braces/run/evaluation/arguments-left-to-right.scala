// Receiver first, then the arguments in the order of the source.
@main def run(): Unit = {
  def t(n: Int): Int = {
    print(s"$n ")
    n
  }
  def three(a: Int, b: Int, c: Int): Int = a * 100 + b * 10 + c
  println(three(t(1), t(2), t(3)))
  println(three(c = t(1), a = t(2), b = t(3)))
  println(three(b = t(1), c = t(2), a = t(3)))
  println(t(1) + t(2) * t(3))
  println((t(1), t(2), t(3)))
  println(List(t(1), t(2), t(3)))
  println(s"${t(1)}${t(2)}")
  def curried(a: Int)(b: Int): Int = a - b
  println(curried(t(9))(t(4)))
  class Box(n: Int) { def add(k: Int): Int = n + k }
  def box(n: Int): Box = { print("box "); Box(n) }
  println(box(t(1)).add(t(2)))
  println(t(1) < t(2) && t(3) < t(4))
}
