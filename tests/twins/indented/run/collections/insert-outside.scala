import scala.collection.mutable.{ArrayBuffer, Buffer, ListBuffer}

object InsertOutside:
  def attempt(action: => Unit): Unit =
    try action
    catch case e: IndexOutOfBoundsException => println(e.getMessage)

  def all(b: Buffer[String]): Unit =
    attempt(b.insert(-1, "x"))
    attempt(b.insert(4, "x"))
    attempt(b.insertAll(-2, List("x", "y")))
    attempt(b.insertAll(5, List("x")))
    attempt(b.update(3, "u"))
    b.insert(3, "d")
    b.insertAll(4, List("e", "f"))
    println(b.mkString(" "))

  def main(args: Array[String]): Unit =
    all(ListBuffer("a", "b", "c"))
    all(ArrayBuffer("a", "b", "c"))
