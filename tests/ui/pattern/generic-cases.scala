// A case that the type argument rules out need not be written.
enum Expr[T]:
  case Number(value: Int) extends Expr[Int]
  case Truth(value: Boolean) extends Expr[Boolean]
  case Pair[A, B](left: Expr[A], right: Expr[B]) extends Expr[(A, B)]

def number(e: Expr[Int]): Int = e match
  case Expr.Number(n) => n

def truth(e: Expr[Boolean]): Boolean = e match
  case Expr.Truth(b) => b
