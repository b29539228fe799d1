// Names of unknown types in patterns stay usable in the case.
sealed trait Chain[A]
case class Done[A](value: A) extends Chain[A]
case class Step[A, B](first: Chain[A], next: A => Chain[B]) extends Chain[B]

def run[A](chain: Chain[A]): A = chain match {
  case done: Done[a] =>
    val value: a = done.value
    value
  case step: Step[x, y] =>
    val middle: x = run(step.first)
    val last: Chain[y] = step.next(middle)
    run(last)
}

class Box[T](var content: T)
def refill(box: Box[?]): Any = box match {
  case same: Box[t] =>
    val held: t = same.content
    same.content = held
    same.content
}

@main def main(): Unit = {
  println(run(Step(Done(20), (n: Int) => Step(Done(n + 1), (m: Int) => Done(s"<$m>")))))
  println(refill(Box(3)))
}
