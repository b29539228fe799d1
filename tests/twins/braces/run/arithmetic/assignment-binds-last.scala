// An assignment operator takes the whole right side, whatever operators are in it.
@main def run(): Unit = {
  var x = 2
  x *= 3 + 4
  println(x)
  x -= 1 << 2
  println(x)
  var b = false
  b |= 1 < 2 && 3 > 2
  println(b)
  var s = "x"
  s += 1 + 2
  println(s)
}
