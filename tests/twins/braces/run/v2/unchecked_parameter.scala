// A test for a type parameter that is marked `@unchecked` is one for its bound.
class Low(message: String) extends RuntimeException(message)

def caught[E <: RuntimeException](body: => Unit): Option[E] =
  try {
    body
    None
  }
  catch case e: E @unchecked => Some(e)

@main def main(): Unit = {
  println(caught[Low](throw new Low("low")).map(_.getMessage))
  println(caught[Low](()))
  try println(caught[Low](throw new Exception("other")))
  catch case e: Exception => println("passed on " + e.getMessage)
}
