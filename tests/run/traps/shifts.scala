// Shifts one after the other, by distances at and beyond the width, and by the low bits of longer ones.
def twice(x: Int, a: Int, b: Int): List[Int] =
  List(x << a << b, x >> a >> b, x >>> a >>> b, x << a >> b, x << a >>> b, x >>> a << b, x << (a + b))

def fixed(x: Int): List[Int] =
  List(x << 31 << 1, x << 16 << 16, x >> 16 >> 20, x >>> 16 >>> 20, x << 24 >> 24, x << 24 >>> 24, x << 32, x >>> -1)

def long(x: Long, by: Long): List[Long] =
  List(x << 60 << 60, x >>> 40 >>> 40, x >> 63 >> 1, x << 64, x << by, x >>> by, x << 32 >> 32, x << 32 >>> 32)

def mixed(x: Int, by: Long): List[Int] =
  List(x << by.toInt, x >> by.toInt, x >>> (by + 32L).toInt, (1 << by.toInt) - 1, x << by.toInt << by.toInt)

@main def run(): Unit =
  for x <- List(1, -1, 0x12345678, Int.MinValue) do
    println(s"$x ${fixed(x)}")
    for (a, b) <- List((31, 1), (16, 16), (20, 20), (-1, 33), (0, 32)) do println(s"  $a $b ${twice(x, a, b)}")
    println(s"  ${mixed(x, 33L)} ${mixed(x, 4294967297L)} ${mixed(x, -1L)}")
  for x <- List(1L, -1L, 0x123456789abcdef0L) do println(s"$x ${long(x, 65L)} ${long(x, 4294967297L)}")
  var bits = 1
  for i <- 1 to 40 do bits = bits << 1 | bits >>> 31
  println(bits)
