// if, while and for in the new and in the old form.
object Main:
  def main(args: Array[String]): Unit =
    val n = 3
    if n > 2 then println("old if")
    if n > 2 then println("new if")
    val a = if n > 5 then "big" else "small"
    val b = if n > 5 then "big" else "small"
    println(a == b)
    var i = 0
    while i < 2 do { print(i); i += 1 }
    while i < 4 do
      print(i)
      i += 1
    println()
    for x <- 1 to 3; if x != 2 do print(x)
    for x <- 1 to 3 if x != 2 do print(x)
    println()
    val u = if n > 5 then println("no")
    println(u)
    val nested = if n > 1 then if n > 2 then "a" else "b" else "c"
    println(nested)
    println({ val k = n; k * k })
    while { i -= 1; i > 2 } do ()
    println(i)
