/** Equality, text and hash of values of unknown type. Scalars and strings are handled by the machine, objects by the
  * methods of their classes. The meaning is Scala's: numbers are equal by value across their types, text of null is
  * `null`.
  */
package fvm.internal

import scala.math.ScalaNumber

object AnyOps {
  @intrinsic("any.is_object") def isObject(a: Any): Boolean
  @intrinsic("any.primitive_eq") def primitiveEqual(a: Any, b: Any): Boolean
  @intrinsic("any.primitive_hash") def primitiveHash(a: Any): Int
  @intrinsic("any.primitive_text") def primitiveText(a: Any): String
  @intrinsic("any.class") def classNumber(a: Any): Int
  /** The class name of an object as Java spells it: `Outer$Inner` for a class inside an object. */
  @intrinsic("any.class_name") def className(a: Any): String
  @intrinsic("ref.eq") def same(a: Any, b: Any): Boolean
  @intrinsic("is_null") def isNull(a: Any): Boolean
  @intrinsic("compiler.call_equals") private def callEquals(a: Any, b: Any): Boolean
  @intrinsic("compiler.call_text") private def callText(a: Any): String
  @intrinsic("compiler.call_hash") private def callHash(a: Any): Int

  /** `a == b`. */
  def equal(a: Any, b: Any): Boolean =
    if (same(a, b)) !isNaN(a)
    else if (isObject(a)) callEquals(a, b)
    else if (isObject(b)) isNumberObject(b) && !isNull(a) && callEquals(b, a)
    else if (classNumber(a) == bytesClass && classNumber(b) == bytesClass) Octets.same(a, b)
    else primitiveEqual(a, b)

  /** What `a` prints as. */
  def text(a: Any): String =
    if (isObject(a)) callText(a)
    else if (classNumber(a) < bytesClass) primitiveText(a)
    else if (classNumber(a) == bytesClass) Octets.text(a)
    else defaultText(a)

  /** `a.##`: equal values have equal hashes. */
  def hash(a: Any): Int =
    if (isObject(a)) callHash(a)
    else if (classNumber(a) == bytesClass) Octets.hash(a)
    else primitiveHash(a)

  /** `a.equals(b)`, which unlike `==` does not compare numbers across types. */
  def equalsMethod(a: Any, b: Any): Boolean =
    if (isObject(a)) callEquals(a, b)
    else if (isNull(a)) throw new NullPointerException()
    else if (classNumber(a) != classNumber(b)) false
    else if (classNumber(a) == doubleClass || classNumber(a) == floatClass) same(a, b)
    else primitiveEqual(a, b)

  /** `a.toString`. */
  def textMethod(a: Any): String = if (isNull(a)) throw new NullPointerException() else text(a)

  /** `a.hashCode`. */
  def hashMethod(a: Any): Int =
    a match {
      case x: Long => (x ^ (x >>> 32)).toInt
      case x: Double => java.lang.Double.hashCode(x)
      case x: Float => java.lang.Float.hashCode(x)
      case _ => if (isNull(a)) throw new NullPointerException() else hash(a)
    }

  /** The text of an object whose class defines none. */
  def defaultText(a: Any): String = className(a) + "@object"

  /** The hash of an object whose class defines none: all instances of a class share it. */
  def defaultHash(a: Any): Int = classNumber(a)

  private final val floatClass: Int = 9
  private final val doubleClass: Int = 10
  /** The arrays come after it. */
  private final val bytesClass: Int = 15

  private def isNaN(a: Any): Boolean = a match {
    case x: Double => x != x
    case x: Float => x != x
    case _ => false
  }

  private def isNumberObject(a: Any): Boolean = a.isInstanceOf[ScalaNumber]
}

/** Rows of bytes whose type is not known where they are used. */
object Octets {
  def same(a: Any, b: Any): Boolean = a.asInstanceOf[fvm.Bytes].same(b.asInstanceOf[fvm.Bytes])
  def text(a: Any): String = fvm.Bytes.hex(a.asInstanceOf[fvm.Bytes])
  def hash(a: Any): Int = a.asInstanceOf[fvm.Bytes].hashCode
}
