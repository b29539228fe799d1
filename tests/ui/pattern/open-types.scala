// Open types need no wildcard: a value that no case takes stops the program when it comes.
def digit(n: Int): String = n match
  case 0 => "zero"
  case 1 => "one"

def word(s: String): Int = s match
  case "one" => 1

trait Animal
class Dog extends Animal

def bark(a: Animal): String = a match
  case d: Dog => "wuff"

def any(x: Any): Int = x match
  case n: Int => n
