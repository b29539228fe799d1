// Back quotes, symbols and underscores in names; soft keywords as names.
@main def run(): Unit = {
  val `val` = 1
  val `two words` = 2
  println(`val` + `two words`)
  val open = 3
  val end = 4
  val infix = 5
  val inline = 6
  val extension = 7
  val using = 8
  val derives = 9
  println(open + end + infix + inline + extension + using + derives)
  def +++(a: Int): Int = a * 3
  println(+++(4))
  val is_ready_? = true
  println(is_ready_?)
  val äöü = "umlauts"
  println(äöü)
  val x_1 = 10
  val _y = 11
  println(x_1 + _y)
  case class ->>(a: Int)
  println(->>(5).a)
}
