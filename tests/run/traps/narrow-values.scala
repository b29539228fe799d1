// Numbers that lose bits: where they are compared, stored, boxed and narrowed again.
final case class Small(b: Byte, s: Short, c: Char)

def narrowed(x: Int): List[Int] =
  List(x.toByte, x.toShort, x.toChar, x.toShort.toByte, x.toByte.toChar, x.toChar.toShort, x.toByte.toShort)

def compared(x: Int): List[Boolean] =
  List(x.toByte == x, x.toShort == x, x.toChar == x, x.toByte > 127, x.toChar < 0, x.toByte < x.toShort)

def stored(x: Int): List[Int] =
  val bytes = new Array[Byte](1)
  val shorts = new Array[Short](1)
  val chars = new Array[Char](1)
  bytes(0) = x.toByte
  shorts(0) = x.toShort
  chars(0) = x.toChar
  bytes(0) = (bytes(0) + 1).toByte
  shorts(0) = (shorts(0) * 2).toShort
  chars(0) = (chars(0) - 1).toChar
  List(bytes(0), shorts(0), chars(0), bytes(0) & 0xff, shorts(0) >>> 4, chars(0) >> 1)

def boxed(xs: List[Any]): String =
  xs.map {
    case b: Byte => s"b$b"
    case s: Short => s"s$s"
    case c: Char => s"c${c.toInt}"
    case other => s"o$other"
  }.mkString(" ")

def counted(from: Byte): Int =
  var b = from
  var steps = 0
  while b > 0 do
    b = (b + 1).toByte
    steps += 1
  steps * 1000 + b

@main def run(): Unit =
  for x <- List(0, 127, 128, 255, 256, 300, 32768, 40000, 65535, 65536, -1, -129, Int.MinValue) do
    println(s"$x ${narrowed(x)} ${stored(x)} ${compared(x).map(if _ then 1 else 0).mkString}")
    println(boxed(List(x.toByte, x.toShort, x.toChar, Small(x.toByte, x.toShort, 'a'))))
  println(counted(120))
  for x <- List(0L, 4294967297L, -4294967296L, Long.MinValue) do
    println(s"${x.toInt} ${x.toInt == x} ${x.toInt.toLong - x} ${x.toByte} ${(x >>> 16).toChar.toInt}")
  val b: Byte = -77
  println(s"${b / 8} ${b % 8} ${b >> 3} ${b >>> 3} ${(b & 0xff) / 8} ${-b.toShort / 16}")
