// scalac warns: a `return` out of a function value is deprecated
object Test {
  def find(xs: List[Int], limit: Int): Int = {
    xs.foreach(x => if x > limit then return x)
    -1
  }
  def nested(n: Int): String = {
    def inner(k: Int): Int = {
      List(1, 2, 3).foreach { i =>
        if i == k then return i * 10
      }
      0
    }
    val values = List(1, 2, 3).map { i =>
      if i == n then return "left at " + i
      inner(i)
    }
    values.mkString(",")
  }
  def byName(x: => Int): Int = x + 1
  def leaves: Int = byName(return 5)
  def depth(n: Int): Int = {
    List(n).foreach { x =>
      if x == 0 then return 0
      println(depth(x - 1))
    }
    n
  }
  def caught: String = {
    try List(1).foreach(x => return "from inside")
    catch case e: RuntimeException => println("not here")
    finally println("finally")
    "after"
  }

  def main(args: Array[String]): Unit = {
    println(find(List(1, 5, 7), 3))
    println(find(Nil, 3))
    println(nested(2))
    println(nested(9))
    println(leaves)
    println(depth(2))
    println(caught)
  }
}
