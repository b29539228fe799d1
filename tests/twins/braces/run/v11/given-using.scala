// given instances and using parameters, found by type.
trait Show[A] {
  def show(a: A): String
}

given Show[Int] with {
  def show(a: Int): String = s"int $a"
}
given Show[Boolean] with {
  def show(a: Boolean): String = if a then "yes" else "no"
}
given listShow[A](using s: Show[A]): Show[List[A]] with {
  def show(a: List[A]): String = a.map(s.show).mkString("<", ", ", ">")
}

def display[A](a: A)(using s: Show[A]): String = s.show(a)
def both[A: Show, B: Show](a: A, b: B): String = display(a) + " & " + summon[Show[B]].show(b)

@main def run(): Unit = {
  println(display(5))
  println(display(List(true, false)))
  println(display(List(List(1), Nil)))
  println(both(1, true))
}
