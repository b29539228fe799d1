// The same constant, the same class, and one class inside of another.
trait Animal
class Dog extends Animal

def number(n: Int): Int = n match
  case 1 => 1
  case 1 => 2 //~ W0412
  case _ => 3

def what(x: Any): Int = x match
  case s: String => 1
  case t: String => 2 //~ W0412
  case a: Animal => 3
  case d: Dog    => 4 //~ W0412
  case _         => 5
