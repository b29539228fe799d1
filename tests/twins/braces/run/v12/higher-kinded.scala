// A type class over type constructors.
trait Functor[F[_]] {
  def map[A, B](fa: F[A])(f: A => B): F[B]
}
given Functor[List] with {
  def map[A, B](fa: List[A])(f: A => B): List[B] = fa.map(f)
}
given Functor[Option] with {
  def map[A, B](fa: Option[A])(f: A => B): Option[B] = fa.map(f)
}

case class Box[A](a: A)
given Functor[Box] with {
  def map[A, B](fa: Box[A])(f: A => B): Box[B] = Box(f(fa.a))
}

def increment[F[_]](fa: F[Int])(using F: Functor[F]): F[Int] = F.map(fa)(_ + 1)

@main def run(): Unit = {
  println(increment(List(1, 2)))
  println(increment(Option(5)))
  println(increment(Box(9)))
}
