// min, max, abs, signum and comparison methods.
@main def run(): Unit = {
  println(math.min(3, -4))
  println(math.max(3, -4))
  println(math.max(3L, 4))
  println(math.abs(-17))
  println(3.min(9))
  println(3.max(9))
  println((-3).abs)
  println((-3).sign)
  println(0.sign)
  println(8L.sign)
  println(3.compare(4))
  println(4.compare(4))
  println(5L.compare(4L))
  println(math.signum(-8))
  println(math.floorMod(-1, 12))
}
