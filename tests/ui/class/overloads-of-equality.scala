class Plain:
  def ==(other: Plain): Boolean = true

class Several:
  def ==(other: Plain): Boolean = true //~ E1080
  def ==(other: Several): Boolean = true //~ E1080

class Generic:
  def ==[A](other: List[A]): Boolean = true //~ E1080

@main def main(): Unit = println(new Plain == new Plain)
