/** What case classes and tuples have in common. */
package scala

/** A value that can be compared with others of its kind. */
trait Equals

/** A class whose objects can be written to a stream; has no meaning here. */
trait Serializable

/** A case class, tuple or case object: a fixed row of elements. */
trait Product extends Equals {
  /** The number of elements. */
  def productArity: Int
  /** The element at `n`, from 0. */
  def productElement(n: Int): Any
  /** The name of the class. */
  def productPrefix: String = ""
  /** All elements in order. */
  def productIterator: Iterator[Any] = new ProductIterator(this)
}

/** Goes over the elements of a product. */
final class ProductIterator(product: Product) extends scala.collection.AbstractIterator[Any] {
  private var next0: Int = 0
  def hasNext: Boolean = next0 < product.productArity
  def next(): Any = {
    val element = product.productElement(next0)
    next0 += 1
    element
  }
}
