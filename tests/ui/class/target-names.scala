// Members share no name at run time.
import scala.annotation.targetName

class Parent:
  def first: Int = 1
  @targetName("other") def second: Int = 2

class Clash extends Parent: //~ E0339
  @targetName("first") def third: Int = 3

class Kept extends Parent:
  @targetName("other") override def second: Int = 3
