// Quotes inside of interpolated strings.
@main def run(): Unit = {
  val n = 3
  println(s"say $"hi$" $n times")
  println(s"""say "hi" $n times""")
  println(s"it's ${'x'} and ${"y"}")
  println(s"${if n > 2 then "big" else "small"} \"$n\"")
  println(s"a\\b $n\t|")
  println(s"${"nested ${n}"}")
  println(s"${n}${n}$n")
}
