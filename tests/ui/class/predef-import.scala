// An import from Predef takes the place of the one that every file has.
object Named:
  import Predef.println
  def show(): Unit = println("a")
  def check(): Unit = assert(true) //~ E0201

object Hidden:
  import Predef.{assert as _, *}
  def show(): Unit = println(Map(1 -> 2))
  def check(): Unit = assert(true) //~ E0201

object All:
  import Predef.*
  def check(): Unit = assert(true)

object Without:
  def check(): Unit = assert(true)
