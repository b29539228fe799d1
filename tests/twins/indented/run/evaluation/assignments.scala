// Assignments, compound assignments and side effects in their operands.
class Holder(var value: Int)

object Main:
  var log = ""
  def note(s: String): Unit = log = log + s + " "

  def main(args: Array[String]): Unit =
    val h = new Holder(1)
    def holder(): Holder = { note("holder"); h }
    def number(): Int = { note("number"); 7 }
    holder().value = number()
    println(log)
    println(h.value)
    log = ""
    holder().value += number()
    println(log)
    println(h.value)
    var x = 1
    x = x + { x = 10; x }
    println(x)
    var y = 1
    y += { y = 10; 5 }
    println(y)
    var a = 1
    var b = 2
    val c = { a = b; b = a + b; a + b }
    println(s"$a $b $c")
