// An algebraic data type and functions over it.
enum Expr {
  case Num(n: Int)
  case Add(a: Expr, b: Expr)
  case Mul(a: Expr, b: Expr)
  case Neg(e: Expr)
}

import Expr.*

def eval(e: Expr): Int = e match {
  case Num(n)    => n
  case Add(a, b) => eval(a) + eval(b)
  case Mul(a, b) => eval(a) * eval(b)
  case Neg(x)    => -eval(x)
}

def show(e: Expr): String = e match {
  case Num(n)    => n.toString
  case Add(a, b) => s"(${show(a)} + ${show(b)})"
  case Mul(a, b) => s"${show(a)} * ${show(b)}"
  case Neg(x)    => s"-${show(x)}"
}

def simplify(e: Expr): Expr = e match {
  case Add(Num(0), x)           => simplify(x)
  case Add(x, Num(0))           => simplify(x)
  case Mul(Num(1), x)           => simplify(x)
  case Mul(x, Num(1))           => simplify(x)
  case Mul(Num(0), _) | Mul(_, Num(0)) => Num(0)
  case Neg(Neg(x))              => simplify(x)
  case Add(a, b)                => Add(simplify(a), simplify(b))
  case other                    => other
}

@main def run(): Unit = {
  val e = Add(Num(2), Mul(Num(3), Neg(Num(4))))
  println(eval(e))
  println(show(e))
  println(e)
  println(simplify(Add(Num(0), Mul(Num(1), Num(7)))))
  println(simplify(Neg(Neg(Num(5)))))
  println(simplify(Mul(e, Num(0))))
}
