// A context function takes its arguments from what is given.
class Config(val name: String)

type Configured[T] = Config ?=> T

def name: Configured[String] = summon[Config].name
def greet(text: String): Config ?=> String = text + ", " + name
def within[T](config: Config)(body: Config ?=> T): T = body(using config)

class Rows {
  private var rows = List.empty[String]
  def add(row: String): Unit = rows = row :: rows
  def all: List[String] = rows.reverse
}

def table(init: Rows ?=> Unit): List[String] = {
  given rows: Rows = Rows()
  init
  rows.all
}

def row(text: String)(using rows: Rows): Unit = rows.add(text)

@main def test(): Unit = {
  println(within(Config("Ann"))(greet("hello")))
  println(table { row("a"); row("b") })
  val add: Int ?=> Int ?=> Int = summon[Int] + 1
  println(add(using 1)(using 41))
  val explicit = (x: Int, s: String) ?=> s * x
  println(explicit(using 2, "ab"))
  given Int = 7
  val next: Int ?=> Int = (n: Int) ?=> n + 1
  println(next)
}
