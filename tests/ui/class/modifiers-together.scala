// Modifiers that exclude each other, or that mean nothing here.
final sealed class Both //~ E0212
final open class Open //~ E0212
override class Over //~ E0212
case class None_ //~ E0212
class Later(val value: => Int) //~ E0212
case class Lazy(value: => Int) //~ E0212
infix val between: Int = 1 //~ E0212

abstract class Declared:
  final def one: Int //~ E0212
  private def two: Int //~ E0212
  final val three: Int //~ E0212
  abstract val four: Int //~ E0212
  protected def five: Int

def signed[+A](value: A): A = value //~ E0212

def block: Int =
  private val one = 1 //~ E0212
  protected def two = 2 //~ E0212
  override val three = 3 //~ E0212
  final val four = 4 //~ E0212
  final class Five
  lazy val six = 6
  one + two + three + four + six

class Kept(value: => Int):
  def get: Int = value
