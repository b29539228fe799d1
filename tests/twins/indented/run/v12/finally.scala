// finally runs after the result was computed, and its value is dropped.
object Main:
  var log: List[String] = Nil
  def note(s: String): Unit = log = s :: log

  def f(n: Int): Int =
    try
      note(s"try $n")
      if n == 0 then throw new RuntimeException("zero")
      n * 10
    catch
      case e: RuntimeException =>
        note("catch " + e.getMessage)
        -1
    finally
      note(s"finally $n")

  def main(args: Array[String]): Unit =
    println(f(1))
    println(f(0))
    println(log.reverse)
    log = Nil
    try
      try throw new IllegalStateException("inner")
      finally note("inner finally")
    catch
      case e: IllegalStateException => note("outer " + e.getMessage)
    println(log.reverse)
    var x = 1
    val y = try x finally x = 2
    println(s"$x $y")
