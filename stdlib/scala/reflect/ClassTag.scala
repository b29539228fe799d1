/** `ClassTag`: how to make an array of a type that is known where a method is called. */
package scala.reflect

/** Makes arrays of `T`. */
trait ClassTag[T] {
  def newArray(length: Int): Array[T]
}

object ClassTag {
  final class BooleanTag extends ClassTag[Boolean] {
    def newArray(length: Int): Array[Boolean] = new Array[Boolean](length)
  }
  final class ByteTag extends ClassTag[Byte] {
    def newArray(length: Int): Array[Byte] = new Array[Byte](length)
  }
  final class ShortTag extends ClassTag[Short] {
    def newArray(length: Int): Array[Short] = new Array[Short](length)
  }
  final class CharTag extends ClassTag[Char] {
    def newArray(length: Int): Array[Char] = new Array[Char](length)
  }
  final class IntTag extends ClassTag[Int] {
    def newArray(length: Int): Array[Int] = new Array[Int](length)
  }
  final class LongTag extends ClassTag[Long] {
    def newArray(length: Int): Array[Long] = new Array[Long](length)
  }
  final class DoubleTag extends ClassTag[Double] {
    def newArray(length: Int): Array[Double] = new Array[Double](length)
  }
  /** All other types share the array of slots. */
  final class SlotTag[T] extends ClassTag[T] {
    def newArray(length: Int): Array[T] = new Array[Any](length).asInstanceOf[Array[T]]
  }

  given Boolean: ClassTag[Boolean] = new BooleanTag()
  given Byte: ClassTag[Byte] = new ByteTag()
  given Short: ClassTag[Short] = new ShortTag()
  given Char: ClassTag[Char] = new CharTag()
  given Int: ClassTag[Int] = new IntTag()
  given Long: ClassTag[Long] = new LongTag()
  given Double: ClassTag[Double] = new DoubleTag()
  given Float: ClassTag[Float] = new SlotTag[Float]()
  given Unit: ClassTag[Unit] = new SlotTag[Unit]()
  given Any: ClassTag[Any] = new SlotTag[Any]()
  given AnyVal: ClassTag[AnyVal] = new SlotTag[AnyVal]()
  given reference[T <: AnyRef]: ClassTag[T] = new SlotTag[T]()
}
