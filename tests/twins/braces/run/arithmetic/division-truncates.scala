// `/` truncates towards zero and `%` takes the sign of the dividend.
@main def run(): Unit = {
  for {
    a <- List(-7, 7)
    b <- List(-2, 2)
  }
  do println(s"$a / $b = ${a / b}   $a % $b = ${a % b}")
  println(Int.MinValue / -1)
  println(Int.MinValue % -1)
  println(Long.MinValue / -1L)
  println(Long.MinValue % -1L)
  println(Math.floorMod(-7, 2))
  println(Math.floorDiv(-7, 2))
  println(Math.floorMod(7, -2))
  println(0 / 5)
  println(0 % 5)
  println(-7 / 2 * 2 + -7 % 2)
}
