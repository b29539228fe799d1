// Arguments are evaluated once each, from left to right.
@main def run(): Unit = {
  var count = 0
  def next(): Int = {
    count += 1
    print(s"[$count]")
    count
  }
  println(s" ${next()} ${next()} ${next()}")
  val s = s"${next()}"
  println(s + s)
}
