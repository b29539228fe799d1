// A precondition of a library, and a division by zero that only a library could have caught.

//> library parts
package parts:
  object Share:
    def safe(total: Int, parts: Int): Int =
      try total / parts
      catch case e: ArithmeticException => -1
    def equal(total: Int, parts: Int): Int =
      require(parts > 0, "nobody takes part")
      total / parts

//> program
import parts.Share

@main def run(): Unit =
  println(Share.safe(7, 2))
  println(Share.safe(7, 0))
  println(Share.equal(9, 3))
  println(Share.equal(9, 0))
