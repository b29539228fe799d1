// The author knows better.
enum Light:
  case Red, Green

def go(l: Light): Boolean = (l: @unchecked) match
  case Light.Green => true
