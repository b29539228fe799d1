// Constants at the ends of what an instruction can hold itself, and of the types.
def ints(x: Int): List[Int] =
  List(x - 127, x - 128, x - 129, x + 127, x + 128, x - -127, x - -128, x - -129, x - Int.MinValue)

def longs(x: Long): List[Long] =
  List(x - 127L, x - 128L, x - 129L, x + 128L, x - -128L, x - -129L, x - Long.MinValue, x - 4294967296L)

def chains(x: Int): List[Int] =
  List(x - 1 - Int.MinValue, x + 100 + 100, x - 100 - 100, (x - 128) + 128, 5 - x - 5, 5 - (5 - x))

def products(x: Int): List[Int] =
  List(x * 127, x * -128, x * 128, x * -129, x * 0x40000000, x * Int.MinValue, x * -1)

def compared(x: Int): List[Boolean] =
  List(x < -128, x <= -129, x > 127, x >= 128, x - 1 < 0, x + 1 > 0, x - 128 < 0, 127 < x, -128 == x, x == 128)

def masks(x: Int): List[Int] =
  List(x & 127, x & 255, x & -128, x | 128, x ^ -129, x & 0xffff, x & 0x80000000)

@main def run(): Unit =
  val numbers = List(0, 1, -128, -129, 127, 128, Int.MaxValue, Int.MinValue)
  for x <- numbers do
    println(s"$x ${ints(x)}")
    println(s"  ${chains(x)} ${products(x)} ${masks(x)}")
    println(s"  ${compared(x).map(if _ then 1 else 0).mkString}")
  for x <- List(0L, -128L, Long.MaxValue, Long.MinValue, 4294967295L) do println(s"$x ${longs(x)}")
