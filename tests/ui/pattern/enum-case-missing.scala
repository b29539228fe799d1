// A case of an enum that no pattern takes.
enum Color:
  case Red, Green, Blue

def name(c: Color): String = c match //~ E0410
  case Color.Red   => "red"
  case Color.Green => "green"
