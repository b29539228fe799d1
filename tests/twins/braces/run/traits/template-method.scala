// Functional interfaces written as traits, and lambdas in their place.
trait Transform {
  def apply(s: String): String
  def andThen(next: Transform): Transform = s => next(apply(s))
}

trait Compare[A] {
  def compare(a: A, b: A): Int
  def reversed: Compare[A] = (a, b) => compare(b, a)
}

object Sorter {
  def sort[A](xs: List[A], c: Compare[A]): List[A] = xs match {
    case Nil => Nil
    case p :: rest =>
      val (below, above) = rest.partition(x => c.compare(x, p) < 0)
      sort(below, c) ::: p :: sort(above, c)
  }
}

@main def run(): Unit = {
  val upper: Transform = _.toUpperCase
  val twice: Transform = s => s + s
  println(upper.andThen(twice)("ab"))
  println(twice.andThen(s => s.reverse).andThen(upper)("xy"))
  val byLength: Compare[String] = (a, b) => a.length - b.length
  println(Sorter.sort(List("ccc", "a", "bb"), byLength))
  println(Sorter.sort(List("ccc", "a", "bb"), byLength.reversed))
}
