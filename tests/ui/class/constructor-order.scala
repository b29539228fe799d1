// A constructor calls one that stands above it.
class Range(from: Int):
  def this(text: String) = this(text.toInt, 27) //~ E0328
  def this(from: Int, to: Int) = this(from + to)
  def this(from: Long) = this(from.toInt, 1)
  @scala.annotation.targetName("make") def this() = this(1) //~ E0212
