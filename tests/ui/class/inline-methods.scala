// What an expansion of inline methods must know, and where it must end.
inline def choose(c: Boolean): Int = inline if c then 1 else 2
inline def pass(c: Boolean): Int = choose(c)
inline def number(inline n: Int): String =
  inline n match
    case 0     => "none"
    case 1 | 2 => "few"
    case _     => "many"
inline def two(inline n: Int): String =
  inline n match
    case 1 => "one"
    case 2 => "two"
inline def kind(x: Any): String =
  inline x match
    case s: String => "text"
    case i: Int    => "number"

def decided = (choose(true), pass(1 + 1 < 3), number(2), two(2), kind(7), kind("a"))

def variables(c: Boolean, n: Int, x: Any) =
  val known = true
  choose(c) //~ E0344
  choose(known) //~ E0344
  pass(false && c) //~ E0344
  number(n) //~ E1018
  two(3) //~ E0344
  kind(x) //~ E1018

inline def factorial(n: Int): Int = if n <= 1 then 1 else n * factorial(n - 1)
inline def even(n: Int): Boolean = n == 0 || odd(n - 1)
inline def odd(n: Int): Boolean = n == 1 || even(n - 1)
inline def later(n: Int): () => Int = () => later(n)()

def ends = factorial(5)
def endless(n: Int) =
  factorial(n) //~ E0345
  factorial(40) //~ E0345
  even(4) //~ E0345
  later(0) //~ E0345

trait Shape:
  inline def sides: Int
class Square extends Shape:
  inline def sides: Int = 4
def sides(shape: Shape) = Square().sides + shape.sides //~ E0344
