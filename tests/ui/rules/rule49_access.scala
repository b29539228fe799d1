// private is seen in the class and its companion, protected in subclasses.
class Safe(private val code: Int):
  protected def hint = "x"
  private def open(other: Safe) = other.code

class Thief extends Safe(1):
  def read = code //~ E0205
  def ask = hint
  def other(s: Safe) = s.hint //~ E0205

val stolen = Safe(1).code //~ E0205
