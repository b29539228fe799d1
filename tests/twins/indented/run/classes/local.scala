// Classes and objects inside a method capture its variables.
object Main:
  def makeCounters(step: Int): (() => Int, () => Int) =
    class Counter:
      private var n = 0
      def next(): Int = { n += step; n }
    val a = new Counter
    val b = new Counter
    (() => a.next(), () => b.next())

  def main(args: Array[String]): Unit =
    val (a, b) = makeCounters(3)
    println(a() + a() + b())
    object Once:
      println("Once is made")
      val value = 7
    println("before")
    println(Once.value + Once.value)
    case class Local(x: Int)
    println(Local(1) == Local(1))
    println(Local(2))
