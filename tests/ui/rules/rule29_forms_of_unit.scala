// No procedure syntax, no do-while; parentheses as declared.
object Forms:
  def procedure() { println("x") } //~ E1001
  def now() = 1
  def later = 2
  val missing = now //~ E0313
  val surplus = later() //~ E0308
