// One name for two things.
class Shape
type Shape = Int //~ E0204

val sum = (x: Int, x: Int) => x //~ E0204

def equal(pair: Any): Boolean = pair match
  case (a, a) => true //~ E0204
  case _      => false

def alternatives(value: Any): Int = value match
  case (a, _) | (_, a) => 1 //~ E0405 E0405
  case _               => 2

val ignored = (_: Int, _: Int) => 1
