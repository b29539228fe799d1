class Outer:
  class Inner:
    def number: Int = 1
  type Alias = Inner
  def own: Inner = new Inner {}
  def isAlias(value: Any): Boolean = value match
    case _: Alias => true //~ E1082
    case _ => false
  def isInner(value: Any): Boolean = value match
    case _: (Inner | String) => true //~ E1082
    case _ => false

@main def main(): Unit =
  val outer = new Outer
  val inner = new outer.Inner
  val other = new outer.Inner {} //~ E1082
  println(inner.number + other.number)
