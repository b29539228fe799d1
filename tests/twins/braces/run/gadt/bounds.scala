// What a case asks of its parameters holds for the arguments of the scrutinee's type.
sealed trait Shape[T]
case class Text[T <: String](value: T) extends Shape[T]
case class Other[T](value: T) extends Shape[T]

def lengthOf[T](shape: Shape[T], more: T): Int = shape match {
  case Text(_) =>
    val text: String = more
    text.length
  case Other(_) => -1
}

enum Below[A, B] {
  case Proof[B, A <: B]() extends Below[A, B]
  def cast(a: A): B = this match {
    case Below.Proof() => a
  }
}

// A covariant argument of the class is only below that of the scrutinee.
enum Tree[+T] {
  case Num(value: Int) extends Tree[Int]
  case Both[A, B](left: Tree[A], right: Tree[B]) extends Tree[(A, B)]
}

def valueOf[T](tree: Tree[T]): T = tree match {
  case Tree.Num(value) => value
  case Tree.Both(left, right) => (valueOf(left), valueOf(right))
}

@main def main(): Unit = {
  println(lengthOf(Text("abc"), "abcd"))
  println(lengthOf(Other(1), 2))
  val wide: Any = Below.Proof[Any, String]().cast("up")
  println(wide)
  println(valueOf(Tree.Both(Tree.Num(1), Tree.Both(Tree.Num(2), Tree.Num(3)))))
}
