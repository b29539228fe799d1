// An overriding member has the `@targetName` of the overridden one.
import scala.annotation.targetName

class Parent:
  def first: Int = 1
  @targetName("other") def second: Int = 2

class Renamed extends Parent:
  @targetName("more") override def first: Int = 2 //~ E0341
  override def second: Int = 3 //~ E0341

class Kept extends Parent:
  @targetName("other") override def second: Int = 3
