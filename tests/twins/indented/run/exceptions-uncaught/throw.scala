// throw ends the program with class and message.
object Main:
  def find(xs: List[Int], x: Int): Int =
    if xs.isEmpty then throw new NoSuchElementException("no " + x)
    else if xs.head == x then 0
    else 1 + find(xs.tail, x)

  def main(args: Array[String]): Unit =
    println(find(List(1, 2, 3), 3))
    println(find(List(1, 2, 3), 4))
