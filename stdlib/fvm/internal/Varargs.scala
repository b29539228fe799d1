/** Repeated parameters as arrays of slots. */
package fvm.internal

object Varargs {
  /** All elements in a new array; linear. */
  def slots[A](elements: Seq[A]): Array[Any] = {
    val result = new Array[Any](elements.length)
    var i = 0
    elements.foreach((x: A) => {
      result(i) = x
      i += 1
    })
    result
  }
}
