// Type arguments lie within their bounds wherever they are written.
trait Animal
class Dog extends Animal
class Cage[A <: Animal]
type Pair[A <: Animal] = (A, A)

val good: Cage[Dog] = Cage[Dog]()
def same[A <: Animal](cage: Cage[A]): Pair[A] = ???
val bad: Cage[Int] = ??? //~ E0305
def worse(pair: Pair[String]): Unit = () //~ E0305
class Zoo extends Cage[String] //~ E0305
val inside: List[Cage[Int]] = Nil //~ E0305
