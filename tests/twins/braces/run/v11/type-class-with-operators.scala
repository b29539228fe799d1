// A type class with extension methods, and an instance for functions of it.
trait Monoid[A] {
  def empty: A
  extension (a: A) def combine(b: A): A
}

object Monoid {
  given Monoid[Int] with {
    def empty = 0
    extension (a: Int) def combine(b: Int): Int = a + b
  }
  given Monoid[String] with {
    def empty = ""
    extension (a: String) def combine(b: String): String = a + b
  }
  given [A, B](using ma: Monoid[A], mb: Monoid[B]): Monoid[(A, B)] with {
    def empty = (ma.empty, mb.empty)
    extension (p: (A, B)) def combine(q: (A, B)): (A, B) =
      (ma.combine(p._1)(q._1), mb.combine(p._2)(q._2))
  }
}

def total[A](xs: List[A])(using m: Monoid[A]): A = xs.foldLeft(m.empty)((a, b) => m.combine(a)(b))

@main def run(): Unit = {
  println(total(List(1, 2, 3)))
  println(total(List("a", "b")))
  println(total(List((1, "x"), (2, "y"))))
  println(total(List.empty[Int]))
}
