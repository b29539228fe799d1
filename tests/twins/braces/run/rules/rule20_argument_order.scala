// Receiver, arguments as written, then defaults in the order of the parameters.
def log[A](name: String, a: A): A = {
  println(name)
  a
}

class Target {
  def call(a: Int, b: Int = log("default b", 10), c: Int = log("default c", 100))(d: Int = log("default d", 1000)): Int =
    a + b + c + d
  def after(a: Int)(b: Int = a * 2) = a + b
}

def target: Target = log("receiver", Target())

@main def run(): Unit = {
  println(target.call(c = log("c", 3), a = log("a", 1))())
  println(target.call(log("a", 1))(log("d", 4)))
  println(target.call(log("a", 1), c = log("c", 1))(d = log("d", 1)))
  println(target.after(5)())
  println(log("x", 1) + log("y", 2) * log("z", 3))
  val swap = (log("first", 1), log("second", 2))
  println(swap)
}
