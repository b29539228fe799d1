// A match is complete when all combinations of nested cases are.
enum Bit {
  case Zero, One
}
enum Maybe[+A] {
  case Nope
  case Just(a: A)
}

import Bit.*, Maybe.*

def and(a: Bit, b: Bit): Bit = (a, b) match {
  case (One, One)           => One
  case (Zero, _) | (_, Zero) => Zero
}

def first(p: (Maybe[Int], Maybe[Int])): Int = p match {
  case (Just(n), _)    => n
  case (Nope, Just(n)) => n
  case (Nope, Nope)    => 0
}

def option(o: Option[Option[Boolean]]): String = o match {
  case None              => "none"
  case Some(None)        => "some none"
  case Some(Some(true))  => "true"
  case Some(Some(false)) => "false"
}

def either(e: Either[Bit, List[Bit]]): Int = e match {
  case Left(Zero)         => 0
  case Left(One)          => 1
  case Right(Nil)         => 2
  case Right(Zero :: _)   => 3
  case Right(One :: rest) => 4 + rest.length
}

@main def run(): Unit = {
  println(for a <- List(Zero, One); b <- List(Zero, One) yield and(a, b))
  println(List((Just(1), Just(2)), (Nope, Just(2)), (Nope, Nope)).map(first))
  println(List(None, Some(None), Some(Some(true)), Some(Some(false))).map(option))
  println(List(Left(Zero), Left(One), Right(Nil), Right(List(Zero)), Right(List(One, Zero))).map(either))
}
