/** Arithmetic as values: how `sum` and `product` calculate. All operations take constant time for primitive types. */
package scala.math

/** Addition, subtraction and multiplication, with the order of the numbers. */
trait Numeric[T] extends Ordering[T] {
  def plus(x: T, y: T): T
  def minus(x: T, y: T): T
  def times(x: T, y: T): T
  def negate(x: T): T
  def fromInt(x: Int): T
  def toInt(x: T): Int
  def toLong(x: T): Long
  def toDouble(x: T): Double
  def toFloat(x: T): Float = toDouble(x).toFloat
  def parseString(text: String): Option[T] = None
  def zero: T = fromInt(0)
  def one: T = fromInt(1)
  def abs(x: T): T = if (lt(x, zero)) negate(x) else x
  def signum(x: T): Int = if (lt(x, zero)) -1 else if (gt(x, zero)) 1 else 0
  def sign(x: T): T = fromInt(signum(x))
  def mkNumericOps(x: T): NumericOps[T] = new NumericOps[T](x, this)

  extension (left: T) {
    def +(right: T): T = plus(left, right)
    def -(right: T): T = minus(left, right)
    def *(right: T): T = times(left, right)
    def unary_- : T = negate(left)
  }
}

/** A value with the operators of its arithmetic. */
final class NumericOps[T](left: T, numeric: Numeric[T]) {
  def +(right: T): T = numeric.plus(left, right)
  def -(right: T): T = numeric.minus(left, right)
  def *(right: T): T = numeric.times(left, right)
  def unary_- : T = numeric.negate(left)
  def abs: T = numeric.abs(left)
  def toInt: Int = numeric.toInt(left)
  def toLong: Long = numeric.toLong(left)
  def toDouble: Double = numeric.toDouble(left)
}

/** Whole numbers. */
trait Integral[T] extends Numeric[T] {
  def quot(x: T, y: T): T
  def rem(x: T, y: T): T
}

/** Numbers with fractions. */
trait Fractional[T] extends Numeric[T] {
  def div(x: T, y: T): T
}

object Integral {
  object Implicits {
    extension [T](left: T)(using numeric: Integral[T]) {
      def /(right: T): T = numeric.quot(left, right)
      def %(right: T): T = numeric.rem(left, right)
    }
  }
}

object Fractional {
  object Implicits {
    extension [T](left: T)(using numeric: Fractional[T]) {
      def /(right: T): T = numeric.div(left, right)
    }
  }
}

object Numeric {
  def apply[T](implicit numeric: Numeric[T]): Numeric[T] = numeric

  object Implicits {
    extension [T](left: T)(using numeric: Numeric[T]) {
      def +(right: T): T = numeric.plus(left, right)
      def -(right: T): T = numeric.minus(left, right)
      def *(right: T): T = numeric.times(left, right)
      def unary_- : T = numeric.negate(left)
      def abs: T = numeric.abs(left)
      def toInt: Int = numeric.toInt(left)
      def toLong: Long = numeric.toLong(left)
      def toDouble: Double = numeric.toDouble(left)
    }
  }

  final class IntArithmetic extends Integral[Int] {
    def compare(x: Int, y: Int): Int = if (x < y) -1 else if (x == y) 0 else 1
    def plus(x: Int, y: Int): Int = x + y
    def minus(x: Int, y: Int): Int = x - y
    def times(x: Int, y: Int): Int = x * y
    def negate(x: Int): Int = -x
    def fromInt(x: Int): Int = x
    def toInt(x: Int): Int = x
    def toLong(x: Int): Long = x.toLong
    def toDouble(x: Int): Double = x.toDouble
    override def parseString(text: String): Option[Int] = text.toIntOption
    override def isNatural: Boolean = true
    def quot(x: Int, y: Int): Int = x / y
    def rem(x: Int, y: Int): Int = x % y
  }

  final class LongArithmetic extends Integral[Long] {
    def compare(x: Long, y: Long): Int = if (x < y) -1 else if (x == y) 0 else 1
    def plus(x: Long, y: Long): Long = x + y
    def minus(x: Long, y: Long): Long = x - y
    def times(x: Long, y: Long): Long = x * y
    def negate(x: Long): Long = -x
    def fromInt(x: Int): Long = x.toLong
    def toInt(x: Long): Int = x.toInt
    def toLong(x: Long): Long = x
    def toDouble(x: Long): Double = x.toDouble
    override def parseString(text: String): Option[Long] = text.toLongOption
    def quot(x: Long, y: Long): Long = x / y
    def rem(x: Long, y: Long): Long = x % y
  }

  final class ShortArithmetic extends Integral[Short] {
    def compare(x: Short, y: Short): Int = x - y
    def plus(x: Short, y: Short): Short = (x + y).toShort
    def minus(x: Short, y: Short): Short = (x - y).toShort
    def times(x: Short, y: Short): Short = (x * y).toShort
    def negate(x: Short): Short = (-x).toShort
    def fromInt(x: Int): Short = x.toShort
    def toInt(x: Short): Int = x.toInt
    def toLong(x: Short): Long = x.toLong
    def toDouble(x: Short): Double = x.toDouble
    override def parseString(text: String): Option[Short] = text.toShortOption
    def quot(x: Short, y: Short): Short = (x / y).toShort
    def rem(x: Short, y: Short): Short = (x % y).toShort
  }

  final class ByteArithmetic extends Integral[Byte] {
    def compare(x: Byte, y: Byte): Int = x - y
    def plus(x: Byte, y: Byte): Byte = (x + y).toByte
    def minus(x: Byte, y: Byte): Byte = (x - y).toByte
    def times(x: Byte, y: Byte): Byte = (x * y).toByte
    def negate(x: Byte): Byte = (-x).toByte
    def fromInt(x: Int): Byte = x.toByte
    def toInt(x: Byte): Int = x.toInt
    def toLong(x: Byte): Long = x.toLong
    def toDouble(x: Byte): Double = x.toDouble
    override def parseString(text: String): Option[Byte] = text.toByteOption
    def quot(x: Byte, y: Byte): Byte = (x / y).toByte
    def rem(x: Byte, y: Byte): Byte = (x % y).toByte
  }

  final class CharArithmetic extends Integral[Char] {
    def compare(x: Char, y: Char): Int = x - y
    def plus(x: Char, y: Char): Char = (x + y).toChar
    def minus(x: Char, y: Char): Char = (x - y).toChar
    def times(x: Char, y: Char): Char = (x * y).toChar
    def negate(x: Char): Char = (-x).toChar
    def fromInt(x: Int): Char = x.toChar
    def toInt(x: Char): Int = x.toInt
    def toLong(x: Char): Long = x.toLong
    def toDouble(x: Char): Double = x.toDouble
    def quot(x: Char, y: Char): Char = (x / y).toChar
    def rem(x: Char, y: Char): Char = (x % y).toChar
  }

  final class BigIntArithmetic extends Integral[BigInt] {
    def compare(x: BigInt, y: BigInt): Int = x.compare(y)
    def plus(x: BigInt, y: BigInt): BigInt = x + y
    def minus(x: BigInt, y: BigInt): BigInt = x - y
    def times(x: BigInt, y: BigInt): BigInt = x * y
    def negate(x: BigInt): BigInt = -x
    def fromInt(x: Int): BigInt = BigInt(x)
    def toInt(x: BigInt): Int = x.toInt
    def toLong(x: BigInt): Long = x.toLong
    def toDouble(x: BigInt): Double = x.toDouble
    def quot(x: BigInt, y: BigInt): BigInt = x / y
    def rem(x: BigInt, y: BigInt): BigInt = x % y
  }

  final class DoubleArithmetic extends Fractional[Double] {
    def compare(x: Double, y: Double): Int = java.lang.Double.compare(x, y)
    def plus(x: Double, y: Double): Double = x + y
    def minus(x: Double, y: Double): Double = x - y
    def times(x: Double, y: Double): Double = x * y
    def negate(x: Double): Double = -x
    def fromInt(x: Int): Double = x.toDouble
    def toInt(x: Double): Int = x.toInt
    def toLong(x: Double): Long = x.toLong
    def toDouble(x: Double): Double = x
    override def parseString(text: String): Option[Double] = text.toDoubleOption
    def div(x: Double, y: Double): Double = x / y
  }

  final class FloatArithmetic extends Fractional[Float] {
    def compare(x: Float, y: Float): Int = java.lang.Float.compare(x, y)
    def plus(x: Float, y: Float): Float = x + y
    def minus(x: Float, y: Float): Float = x - y
    def times(x: Float, y: Float): Float = x * y
    def negate(x: Float): Float = -x
    def fromInt(x: Int): Float = x.toFloat
    def toInt(x: Float): Int = x.toInt
    def toLong(x: Float): Long = x.toLong
    def toDouble(x: Float): Double = x.toDouble
    def div(x: Float, y: Float): Float = x / y
  }

  given IntIsIntegral: IntArithmetic = new IntArithmetic()
  given LongIsIntegral: LongArithmetic = new LongArithmetic()
  given ShortIsIntegral: ShortArithmetic = new ShortArithmetic()
  given ByteIsIntegral: ByteArithmetic = new ByteArithmetic()
  given CharIsIntegral: CharArithmetic = new CharArithmetic()
  given BigIntIsIntegral: BigIntArithmetic = new BigIntArithmetic()
  given DoubleIsFractional: DoubleArithmetic = new DoubleArithmetic()
  given FloatIsFractional: FloatArithmetic = new FloatArithmetic()
}
