// `a(i) += v` evaluates receiver and index once; `a(i) = v` evaluates i before v.
class Cells {
  private var content: Vector[Int] = Vector(10, 20, 30)
  def apply(i: Int): Int = {
    print(s"get($i) ")
    content(i)
  }
  def update(i: Int, v: Int): Unit = {
    print(s"set($i,$v) ")
    content = content.updated(i, v)
  }
}

@main def run(): Unit = {
  val cells = new Cells
  def index(): Int = {
    print("index ")
    1
  }
  def value(): Int = {
    print("value ")
    5
  }
  def receiver(): Cells = {
    print("receiver ")
    cells
  }
  receiver()(index()) = value()
  println()
  receiver()(index()) += value()
  println()
  println(cells(1))
}
