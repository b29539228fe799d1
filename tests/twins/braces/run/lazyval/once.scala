// A lazy val is computed at first use, and once.
object Main {
  lazy val global: Int = {
    println("global")
    1
  }
  class Heavy(n: Int) {
    println(s"new $n")
    lazy val square: Int = {
      println(s"square of $n")
      n * n
    }
    lazy val unused: Int = {
      println("never")
      0
    }
  }
  def main(args: Array[String]): Unit = {
    val a = Heavy(3)
    println(a.square)
    println(a.square)
    val b = Heavy(4)
    println(b.square + a.square)
    lazy val local = {
      println("local")
      global + 1
    }
    println("before")
    println(local + local)
    println(global)
  }
}
