// A function must take every value; a partial function need not.
enum Light:
  case Red, Green

val total: Light => Int = { case Light.Red => 1 } //~ E0410
val partial: PartialFunction[Light, Int] = { case Light.Red => 1 }

def f(xs: List[Light]): List[Int] = xs.collect { case Light.Green => 2 }
