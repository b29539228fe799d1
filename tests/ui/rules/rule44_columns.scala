// An else or a line that fits no open column.
def f(a: Int): Int =
    if a > 0 then
        println("x")
      println("y") //~ E0106
    1
