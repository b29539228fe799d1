// Comments of all kinds, nested and documenting.
/** Documentation of an object. */
object Main {
  /* a block comment
     /* nested */
     still a comment */
  def main(args: Array[String]): Unit = {
    println("a") // to the end of the line
    println(/* inside */ "b")
    val url = "http://example.org" // not a comment inside of a string
    println(url)
    println("/* no comment */")
    val n = 1 /* one */ + /* two */ 2
    println(n)
    //println("never")
    println("end")
  }
}
