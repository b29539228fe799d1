// A closure captures variables, not values.
@main def run(): Unit = {
  var n = 1
  val read = () => n
  val add = (k: Int) => n += k
  n = 10
  println(read())
  add(5)
  println(n)
  println(read())
  def counter(): () => Int = {
    var count = 0
    () =>
      count += 1
      count
  }
  val a = counter()
  val b = counter()
  a()
  a()
  println(a() * 10 + b())
}
