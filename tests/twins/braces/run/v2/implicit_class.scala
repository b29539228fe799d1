// An implicit class is a class and a conversion to it.
object Test {
  implicit class Numbers(x: Int) {
    def twice: Int = x * 2
    def -(that: List[Int]): List[Int] = x :: that
  }
  implicit class Second[T](val list: List[T]) extends AnyVal {
    def second: T = list.tail.head
  }
  class Printer(val mark: String)
  implicit class Marked(text: String)(implicit printer: Printer) {
    def marked: String = printer.mark + text + printer.mark
  }

  def main(args: Array[String]): Unit = {
    implicit class Local(s: String) { def shout: String = s.toUpperCase + "!" }
    implicit val printer: Printer = new Printer("*")
    println(3.twice)
    println(1 - List(2, 3))
    println(5 - 3)
    println(List("a", "b").second)
    println("hi".shout)
    println("hi".marked)
    println(new Numbers(4).twice)
  }
}
