// Renaming, hiding and wildcard imports, at any place.
object Lib {
  def one = 1
  def two = 2
  def three = 3
  object Deep {
    val value = "deep"
  }
}

@main def run(): Unit = {
  import Lib.{one, two as zwei}
  println(one + zwei)
  def inner(): Int = {
    import Lib.{one as _, *}
    two + three
  }
  println(inner())
  import Lib.Deep
  println(Deep.value)
  val lib = Lib
  import lib.three
  println(three)
  import math.max
  println(max(1, 2))
}
