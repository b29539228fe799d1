object OverloadNumbers {
  def f(x: Any) = "any"
  def f(x: Long) = "long"
  def g[T](x: T) = "generic"
  def g(x: Double) = "double"
  def h(x: Any) = "any"
  def h(x: BigInt) = "big"
  def k(x: Char) = "char"
  def k(x: Int) = "int"
  def k(x: Any) = "any"
  def m(x: Byte) = "byte"
  def m(x: Any) = "any"
  def main(args: Array[String]): Unit = {
    println(f(1)); println(f('c')); println(f("s"))
    println(g(1)); println(g('c')); println(g("x"))
    println(h(1))
    println(k('c')); println(k(1.toByte)); println(k(1L))
    println(m(1))
  }
}
