// `end` markers after long definitions.
class Machine(start: Int) {
  private var state = start

  def run(turns: Int): Int = {
    for i <- 1 to turns do
      if i % 2 == 0 then
        state += i
      else
        state -= 1
      end if
    end for
    state
  } // end run

  def kind: String =
    state match {
      case 0 => "zero"
      case _ => "other"
    } // end match
  end kind
} // end Machine

object Tools {
  val twice = (n: Int) =>
    val m = n * 2
    m
  end twice
} // end Tools

@main def run(): Unit = {
  val m = new Machine(1)
  println(m.run(4))
  println(m.kind)
  println(Tools.twice(4))
  var n = 3
  while n > 0 do {
    print(n)
    n -= 1
  } // end while
  println()
} // end run
