/** Arrays whose element type is not known where they are used: the class of the array decides. Constant time, except
  * `copy`, which is linear.
  */
package fvm.internal

object Arrays {
  @intrinsic("array.copy") def copy(from: Array[Any], at: Int, to: Array[Any], start: Int, count: Int): Unit

  def length(array: Any): Int = array match {
    case a: Array[Int] => a.length
    case a: Array[Char] => a.length
    case a: Array[Long] => a.length
    case a: Array[Boolean] => a.length
    case a: Array[Byte] => a.length
    case a: Array[Double] => a.length
    case a: Array[Short] => a.length
    case a: Array[Any] => a.length
  }

  def get(array: Any, index: Int): Any = array match {
    case a: Array[Int] => a(index)
    case a: Array[Char] => a(index)
    case a: Array[Long] => a(index)
    case a: Array[Boolean] => a(index)
    case a: Array[Byte] => a(index)
    case a: Array[Double] => a(index)
    case a: Array[Short] => a(index)
    case a: Array[Any] => a(index)
  }

  def set(array: Any, index: Int, value: Any): Unit = array match {
    case a: Array[Int] => a(index) = value.asInstanceOf[Int]
    case a: Array[Char] => a(index) = value.asInstanceOf[Char]
    case a: Array[Long] => a(index) = value.asInstanceOf[Long]
    case a: Array[Boolean] => a(index) = value.asInstanceOf[Boolean]
    case a: Array[Byte] => a(index) = value.asInstanceOf[Byte]
    case a: Array[Double] => a(index) = value.asInstanceOf[Double]
    case a: Array[Short] => a(index) = value.asInstanceOf[Short]
    case a: Array[Any] => a(index) = value
  }

  /** A new array of the class of `array`. */
  def like(array: Any, length: Int): Any = array match {
    case a: Array[Int] => new Array[Int](length)
    case a: Array[Char] => new Array[Char](length)
    case a: Array[Long] => new Array[Long](length)
    case a: Array[Boolean] => new Array[Boolean](length)
    case a: Array[Byte] => new Array[Byte](length)
    case a: Array[Double] => new Array[Double](length)
    case a: Array[Short] => new Array[Short](length)
    case a: Array[Any] => new Array[Any](length)
  }

  @intrinsic("array.copy") private def copyInts(from: Array[Int], at: Int, to: Array[Int], start: Int, n: Int): Unit
  @intrinsic("array.copy") private def copyChars(from: Array[Char], at: Int, to: Array[Char], start: Int, n: Int): Unit
  @intrinsic("array.copy") private def copyLongs(from: Array[Long], at: Int, to: Array[Long], start: Int, n: Int): Unit
  @intrinsic("array.copy") private def copyBooleans(from: Array[Boolean], at: Int, to: Array[Boolean], start: Int, n: Int): Unit
  @intrinsic("array.copy") private def copyBytes(from: Array[Byte], at: Int, to: Array[Byte], start: Int, n: Int): Unit
  @intrinsic("array.copy") private def copyDoubles(from: Array[Double], at: Int, to: Array[Double], start: Int, n: Int): Unit
  @intrinsic("array.copy") private def copyShorts(from: Array[Short], at: Int, to: Array[Short], start: Int, n: Int): Unit

  /** Copies between two arrays of one class, whatever it is. */
  def copyAny(from: Any, at: Int, to: Any, start: Int, count: Int): Unit = from match {
    case a: Array[Int] => copyInts(a, at, to.asInstanceOf[Array[Int]], start, count)
    case a: Array[Char] => copyChars(a, at, to.asInstanceOf[Array[Char]], start, count)
    case a: Array[Long] => copyLongs(a, at, to.asInstanceOf[Array[Long]], start, count)
    case a: Array[Boolean] => copyBooleans(a, at, to.asInstanceOf[Array[Boolean]], start, count)
    case a: Array[Byte] => copyBytes(a, at, to.asInstanceOf[Array[Byte]], start, count)
    case a: Array[Double] => copyDoubles(a, at, to.asInstanceOf[Array[Double]], start, count)
    case a: Array[Short] => copyShorts(a, at, to.asInstanceOf[Array[Short]], start, count)
    case a: Array[Any] => copy(a, at, to.asInstanceOf[Array[Any]], start, count)
  }

  /** Elements `from` until `until` in a new array of the same class. */
  def slice(array: Any, from: Int, until: Int): Any = {
    val result = like(array, until - from)
    copyAny(array, from, result, 0, until - from)
    result
  }
}
