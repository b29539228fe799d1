// A type constructor that an alias applies is found where only one can be meant.
type Of[F[_], A] = F[A]
type Paired[F[_], A] = (Of[F, A], A)

def show[F[_], A](x: Of[F, A]): String = x.toString
def first[F[_], A](x: Paired[F, A]): F[A] = x._1
class Box[F[_], A](val content: Of[F, A])

@main def constructors() =
  println(show(List(1)))
  println(show[Option, Int](Some(2)))
  println(first((List(3), 4)))
  println(Box(Option(5)).content)
  val either: Either[String, Int] = Right(6)
  println(show(either))
