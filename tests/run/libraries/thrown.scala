// An exception that a library throws ends the program, and says what it says in one unit.

//> library checks
package checks:
  object Bounds:
    private class Outside(message: String) extends RuntimeException(message)
    def within(n: Int, most: Int): Int =
      require(most >= 0, "most is negative")
      if n > most then throw Outside(s"$n is above $most")
      n

//> program
import checks.Bounds

@main def run(): Unit =
  println(Bounds.within(3, 5))
  println(Bounds.within(7, 5))
