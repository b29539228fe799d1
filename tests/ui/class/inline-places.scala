// Where `inline` and `transparent` mean something.
def choose(c: Boolean): Int = inline if c then 1 else 2 //~ E0212
def number(n: Int): Int = inline n match { case 0 => 1; case _ => 2 } //~ E0212
def twice(inline n: Int): Int = n + n //~ E0212
transparent def one: Int = 1 //~ E0212
transparent inline def two: Int = 2
transparent inline def any: Any = 2 //~ E1019

inline def outer(inline c: Boolean): Int =
  def inner(): Int = inline if c then 1 else 2
  val f = () => inline if c then 1 else 2
  inner() + f()

def both = outer(true) + two
