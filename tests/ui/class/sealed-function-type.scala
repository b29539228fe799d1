// A lambda makes no instance of a sealed class or trait.
sealed trait Step:
  def run(n: Int): Int
trait Free:
  def run(n: Int): Int

val free: Free = n => n + 1
val step: Step = n => n + 1 //~ E0306
