/** Arrays whose element type is not known where they are used: the class of the array decides. Constant time, except
  * `copy`, which is linear.
  */
package fvm.internal

object Arrays {
  @intrinsic("array.copy") def copy(from: Array[Any], at: Int, to: Array[Any], start: Int, count: Int): Unit

  @intrinsic("array.length") def length(array: Any): Int
  @intrinsic("array.get") def get(array: Any, index: Int): Any
  @intrinsic("array.set") def set(array: Any, index: Int, value: Any): Unit
  /** Copies between two arrays of one class, whatever it is. */
  @intrinsic("array.copy") def copyAny(from: Any, at: Int, to: Any, start: Int, count: Int): Unit

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

  /** Elements `from` until `until` in a new array of the same class. */
  def slice(array: Any, from: Int, until: Int): Any = {
    val result = like(array, until - from)
    copyAny(array, from, result, 0, until - from)
    result
  }
}
