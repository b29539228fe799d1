// A val may override a def; a lazy val does too.
abstract class Base {
  def name: String
  def size: Int = 1
  def all: String = s"$name/$size"
}

class WithVals extends Base {
  val name = "vals"
  override val size = 2
}

class WithLazy extends Base {
  lazy val name = {
    print("(computing) ")
    "lazy"
  }
  override def size = name.length
}

class Params(val name: String, override val size: Int) extends Base

@main def run(): Unit = {
  println(WithVals().all)
  val l = WithLazy()
  println(l.all)
  println(l.all)
  println(Params("p", 7).all)
}
