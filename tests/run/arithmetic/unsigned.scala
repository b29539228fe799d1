// Unsigned division and rotation of Int and Long, at the edges.
@main def unsigned(): Unit =
  val longs = List(0L, 1L, -1L, 7L, Long.MaxValue, Long.MinValue, 1234567890123L, -987654321L)
  for a <- longs; b <- longs if b != 0 do
    val (q, r) = (java.lang.Long.divideUnsigned(a, b), java.lang.Long.remainderUnsigned(a, b))
    println(s"$a $b: $q $r ${q * b + r == a}")
  try println(java.lang.Long.divideUnsigned(1L, 0L))
  catch case e: ArithmeticException => println(e.getMessage)
  try println(java.lang.Long.remainderUnsigned(1L, 0L))
  catch case e: ArithmeticException => println(e.getMessage)
  for v <- List(0, 1, -1, 0x12345678, Int.MinValue); d <- List(0, 1, 8, 31, 32, 33, -1, -32, 100) do
    print(s"${Integer.rotateRight(v, d)} ${Integer.rotateLeft(v, d)} ")
    println(s"${java.lang.Long.rotateRight(v.toLong, d)} ${java.lang.Long.rotateLeft(v.toLong, d)}")
