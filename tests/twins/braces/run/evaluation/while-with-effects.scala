// Loops with conditions that have effects.
@main def run(): Unit = {
  var n = 10
  def next(): Int = { n -= 3; n }
  while next() > 0 do print(s"$n ")
  println(n)
  var i = 0
  var found = -1
  val xs = Vector(4, 8, 15, 16)
  while i < xs.length && found < 0 do {
    if xs(i) > 10 then found = i
    i += 1
  }
  println(s"$found $i")
  var a = 1
  var b = 1
  while {
    val c = a + b
    a = b
    b = c
    b < 100
  }
  do print(s"$b ")
  println()
  var outer = 0
  var count = 0
  while outer < 3 do {
    var inner = 0
    while inner < outer do {
      count += 1
      inner += 1
    }
    outer += 1
  }
  println(count)
}
