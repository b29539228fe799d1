// A handler that is a value: a partial one lets go what it does not take.
object Test {
  val handler: PartialFunction[Throwable, Int] = { case e: IllegalArgumentException => e.getMessage.length }
  def made: PartialFunction[Throwable, Int] = {
    println("made")
    handler
  }
  def main(args: Array[String]): Unit = {
    println(try 1 catch made)
    println(try throw new IllegalArgumentException("four") catch made)
    try println(try throw new IllegalStateException("state") catch made)
    catch case e: IllegalStateException => println("went on: " + e.getMessage)
    val total: Throwable => String = e => "total " + e.getMessage
    println(try throw new RuntimeException("x") catch total)
  }
}
