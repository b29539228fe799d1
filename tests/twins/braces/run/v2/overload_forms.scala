// Overloads by what they still need, and by their parameters' forms.
class Foo
extension (foo: Foo) {
  def step(n: Int): String = "step " + n
  def step: String = "step"
}

def defaulted(x: Int = 0): Int = 1
def defaulted(x: Int*): Int = 2

trait Periods { self: Context =>
  def at(id: Int): String = "id " + id
}
class Phase(val id: Int)
trait Phases { self: Context =>
  def at(phase: Phase): String = self.at(phase.id)
}
trait Context extends Phases with Periods

class Pairs {
  def g(f: ((Int, Int)) => Int): String = "number"
  def g(f: ((Int, Int)) => (Int, Int)): Boolean = true
}

object Test extends Context {
  def main(args: Array[String]): Unit = {
    println(Foo().step)
    println(Foo().step(2))
    println(defaulted())
    println(defaulted(1))
    println(at(new Phase(2)))
    println(Pairs().g((x: Int, y: Int) => (y, x)))
    println(Pairs().g((x: Int, y: Int) => x))
    println(new String("abc").length + new String(Array('a', 'b')).length)
    println(new Object == new Object)
  }
}
