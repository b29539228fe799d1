// @tailrec demands a loop.
import scala.annotation.tailrec

@tailrec
def sum(n: Int): Int = if n == 0 then 0 else n + sum(n - 1) //~ E0329

@tailrec
def inTry(n: Int): Int =
  try if n == 0 then 0 else inTry(n - 1) //~ E0329
  finally println("x")

@tailrec
def left(n: Int): Boolean = left(n - 1) && n > 0 //~ E0329

class Open:
  @tailrec //~ E0329
  def loop(n: Int): Int = if n == 0 then 0 else loop(n - 1)
