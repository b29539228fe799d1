// And, or, exclusive or and complement, on Int and Long.
object Main extends App:
  val a = 0xCC
  val b = 0xAA
  println(a & b)
  println(a | b)
  println(a ^ b)
  println(~a)
  println(~0L)
  println(0xFFL & 0x0F)
  println(-1 & 0xFFFFFFFFL)
  println(-1L | 1)
  var bits = 0
  bits |= 1 << 3
  bits |= 1 << 5
  bits ^= 1 << 3
  bits &= ~1
  println(bits)
  def ones(n: Int): Int = if n == 0 then 0 else (n & 1) + ones(n >>> 1)
  println(ones(-1))
  println(ones(0x55555555))
