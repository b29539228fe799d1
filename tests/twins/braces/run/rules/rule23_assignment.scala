// Indexed and operator assignments evaluate receiver and index once.
def log[A](name: String, a: A): A = {
  println(name)
  a
}

class Cell {
  private var held = 1
  def value: Int = {
    println("get")
    held
  }
  def value_=(n: Int): Unit = {
    println(s"set $n")
    held = n
  }
}

class Adder {
  var total = 0
  def +=(n: Int): Unit = total = total + n * 100
}

class Grid {
  def apply(x: Int, y: Int): Int = {
    println(s"apply $x $y")
    x * y
  }
  def update(x: Int, y: Int, v: Int): Unit = println(s"update $x $y $v")
}

@main def run(): Unit = {
  val array = Array(1, 2, 3)
  log("array", array)(log("index", 1)) += log("value", 5)
  println(array.toList)
  log("array", array)(log("index", 0)) = log("value", 9)
  val cell = Cell()
  log("cell", cell).value += log("by", 5)
  println(cell.value)
  val adder = Adder()
  adder += 3
  println(adder.total)
  val grid = Grid()
  grid(2, 3) = 4
  grid(log("x", 2), log("y", 5)) += 1
  var n = 10
  n -= { n = 100; 1 }
  println(n)
  var list = List(1)
  list ::= 0
  list :+= 2
  println(list)
}
