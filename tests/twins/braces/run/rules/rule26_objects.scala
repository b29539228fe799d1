// An object is initialised once, at its first use.
object First {
  println("first")
  val second = Second.n + 1
  def used = "used"
}

object Second {
  println("second")
  val n = 1
}

object Unused {
  println("never")
}

class Holder {
  object Inner {
    println("inner")
    val n = 5
  }
  def use = Inner.n + Inner.n
}

@main def run(): Unit = {
  println("before")
  println(First.used)
  println(First.second)
  val holder = Holder()
  println("holder")
  println(holder.use)
  println(holder.use)
  def local = {
    object Once {
      println("once")
      val n = 1
    }
    Once.n + Once.n
  }
  println(local)
}
