// Char, Character, Integer, Long, Double, Boolean: members and Java's statics.
def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

@main def numberOperations(): Unit = {
  val chars = List('a', 'Z', '5', ' ', '\n', 'é', 'ß', '٣', 'Ⅷ', 'ǅ', '中', '_', '$', '\u0000', '\u00a0', '\u2028', 'ª', '\uffff', '\ud83d')
  for c <- chars do
    println((c.toInt, c.isLetter, c.isDigit, c.isLetterOrDigit, c.isUpper, c.isLower, c.isWhitespace, c.isSpaceChar, c.isControl, c.isSurrogate, c.toUpper.toInt, c.toLower.toInt, c.asDigit, c.getType, c.isTitleCase))
  println((Character.isLetter('x'), Character.isDigit('7'), Character.toUpperCase('q'), Character.getNumericValue('7'), Character.digit('f', 16), Character.digit('g', 16), Character.forDigit(11, 16), Character.isWhitespace('\t'), Character.toString('a'), Character.valueOf('b'), Character.MAX_VALUE.toInt, Character.isAlphabetic('a')))
  println(('a' + 1, ('a' + 1).toChar, 'a' < 'b', 'b' - 'a', 'a'.max('b'), ('a' to 'e').toList, ('a' until 'e' by 2).toList, 'a'.toString, 'a'.compare('c'), -'a', ~'a', 'a' << 1, 'x'.hashCode))
  println((Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.parseInt("-42"), Integer.parseInt("ff", 16), Integer.valueOf(7), Integer.toBinaryString(10), Integer.toBinaryString(-1), Integer.toHexString(-255), Integer.toOctalString(8), Integer.toString(255, 2), Integer.toString(-255, 36)))
  println((Integer.bitCount(255), Integer.highestOneBit(100), Integer.lowestOneBit(100), Integer.numberOfLeadingZeros(1), Integer.numberOfTrailingZeros(8), Integer.reverse(1), Integer.reverseBytes(1), Integer.rotateLeft(1, 33), Integer.rotateRight(1, 1), Integer.signum(-5), Integer.compare(1, 2), Integer.max(1, 2), Integer.min(1, 2), Integer.sum(1, 2), Integer.toUnsignedString(-1), Integer.divideUnsigned(-1, 2), Integer.remainderUnsigned(-1, 7), Integer.compareUnsigned(-1, 1), Integer.parseUnsignedInt("4294967295")))
  println((java.lang.Long.parseLong("-9"), java.lang.Long.toBinaryString(5L), java.lang.Long.toHexString(-1L), java.lang.Long.bitCount(-1L), java.lang.Long.numberOfTrailingZeros(1L << 40), java.lang.Long.numberOfLeadingZeros(1L), java.lang.Long.reverse(1L), java.lang.Long.rotateLeft(1L, 65), java.lang.Long.highestOneBit(100L), java.lang.Long.compare(2L, 1L), java.lang.Long.toString(255L, 16), java.lang.Long.divideUnsigned(-1L, 10L), java.lang.Long.toUnsignedString(-1L), java.lang.Long.hashCode(1L << 32), java.lang.Long.signum(-3L), java.lang.Long.MAX_VALUE))
  println((java.lang.Double.parseDouble("1e3"), java.lang.Double.isNaN(0.0 / 0), java.lang.Double.compare(0.0, -0.0), java.lang.Double.doubleToLongBits(1.0), java.lang.Double.longBitsToDouble(0x4000000000000000L), java.lang.Double.MAX_VALUE, java.lang.Double.MIN_VALUE, java.lang.Double.isInfinite(1.0 / 0), java.lang.Double.valueOf("2.5"), java.lang.Double.toString(1.0), java.lang.Boolean.parseBoolean("TRUE"), java.lang.Float.floatToIntBits(1.0f)))
  println((5.max(3), 5.min(3), (-5).abs, 5.sign, (-5).sign, 7.toDouble, 7.toHexString, 7.toBinaryString, 8.toOctalString, 65.toChar, 300.toByte, 70000.toShort, 5.compare(6), 5.isValidByte, 300.isValidByte, 1 to 3, 1 until 9 by 3))
  println((2.7.toInt, (-2.7).toInt, 2.5.round, (-2.5).round, 2.1.ceil, 2.9.floor, 1e20.toInt, 1e20.toLong, (0.0 / 0).toInt, 3.0.isWhole, 2.5.isWhole, 1.5.max(2), 2.0.abs, (-0.0).abs, (0.0 / 0).isNaN, (1.0 / 0).isInfinity, (1 / 0.0).isPosInfinity, 5.0.toString, 1.5f.round, 3.7f.toInt, Double.MinPositiveValue))
  println((7 / 2, -7 / 2, 7 % 3, -7 % 3, 7.0 % 2.5, 1 << 33, -1 >>> 28, -16 >> 2, 5 & 3, 5 | 3, 5 ^ 3, ~5, Int.MaxValue + 1, Long.MinValue - 1, 1L << 40, 100.toByte + 100.toByte, 'a' * 2, 3 + 4L, 1 / 2.0f, 10 / 4 * 2.0))
  println((true & false, true | false, true ^ true, !true, true.compare(false), true == false, true.toString, 0.1 + 0.2, 0.1f + 0.2f, 1e10, 1.0e-5, 123456789.0, 1e7, 0.001, 100.0f, 1.0E10f))
  attempt(1 / 0)
  attempt(1L % 0L)
  attempt(Integer.parseInt("x"))
  attempt(Integer.parseInt("8", 8))
  attempt(java.lang.Long.parseLong(""))
  attempt(Integer.parseInt(null))
  println((Byte.MaxValue, Byte.MinValue, Short.MaxValue, Char.MaxValue.toInt, Int.MinValue, Long.MaxValue, Float.MaxValue, Int.MaxValue.toLong + 1))
}
