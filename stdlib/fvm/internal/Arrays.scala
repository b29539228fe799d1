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
}
