// A constructor behind an alias is not guessed where type lambdas are about; elsewhere it is found.
class Box[A](val text: String)
type Boxed[F[_], A] = Box[F[A]]
type Twice[F[_], A] = Boxed[F, A]

def box[F[_], A](text: String): Boxed[F, A] = Box(text)
def twice[F[_], A](text: String): Twice[F, A] = Box(text)
def size[F[_], A](box: Twice[F, A]): Int = box.text.length

val first: Boxed[[X] =>> (X, String), Int] = box("a") //~ E1020
val second: Twice[[X] =>> (X, String), Int] = box("b") //~ E1020
val third: Boxed[[X] =>> (X, String), Int] = twice("c") //~ E1020
val fourth = size(first) //~ E1020
val written: Boxed[[X] =>> (X, String), Int] = box[[X] =>> (X, String), Int]("d")
