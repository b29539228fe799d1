enum Color:
  case Red, Green

def last(color: Color): Int = color match
  case Color.Red => 1
  case Color.Green => 2
  case _ => 3 //~ W0412

def shadowed(color: Color): Int = color match
  case _ => 1
  case Color.Red => 2 //~ W0412

@main def main(): Unit = println(last(Color.Red) + shadowed(Color.Green))
