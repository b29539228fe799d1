// A type argument takes as many arguments as its parameter.
class Plain[A]
class Higher[F[_]]
class Two[A, B]
def plain[A]: Int = 1
def higher[F[_]]: Int = 1

val a: Plain[Plain] = ??? //~ E0304
val b: Higher[Plain] = ???
val c: Higher[Two] = ??? //~ E0304
val d: Higher[Int] = ??? //~ E0304
val e = plain[Plain] //~ E0304
val f = higher[Two] //~ E0304
val g = higher[[X] =>> Two[X, Int]]
