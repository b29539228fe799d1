// A lazy local that captures a variable is read by a local function, which needs both.
@main def run(): Unit = {
  var n = 0
  lazy val v: Int = {
    n += 1
    n * 10
  }
  def read(): Int = v
  println(read())
  println(n)
}
