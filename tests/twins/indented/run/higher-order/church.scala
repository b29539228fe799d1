// Numbers as functions.
object Main:
  type Church = (Int => Int) => Int => Int
  val zero: Church = f => x => x
  def succ(n: Church): Church = f => x => f(n(f)(x))
  def plus(a: Church, b: Church): Church = f => x => a(f)(b(f)(x))
  def times(a: Church, b: Church): Church = f => a(b(f))
  def toInt(n: Church): Int = n(_ + 1)(0)
  def church(n: Int): Church = if n == 0 then zero else succ(church(n - 1))

  def main(args: Array[String]): Unit =
    val three = church(3)
    val four = church(4)
    println(toInt(zero))
    println(toInt(plus(three, four)))
    println(toInt(times(three, four)))
    println(toInt(times(times(three, four), church(10))))
