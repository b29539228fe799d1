// A lazy val whose computation fails stays unset and is tried again.
@main def run(): Unit = {
  var attempts = 0
  lazy val value: Int = {
    attempts += 1
    if attempts < 3 then sys.error(s"attempt $attempts")
    attempts * 10
  }
  def read(): String =
    try s"value $value"
    catch case e: RuntimeException => e.getMessage
  println(read())
  println(read())
  println(read())
  println(read())
  println(attempts)
}
