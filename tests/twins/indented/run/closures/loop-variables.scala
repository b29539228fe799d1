// for makes a new variable each turn; a while loop shares the outer one.
object Main:
  def main(args: Array[String]): Unit =
    var fs: List[() => Int] = Nil
    for i <- 1 to 3 do fs = fs :+ (() => i)
    println(fs.map(f => f()))
    var gs: List[() => Int] = Nil
    var j = 0
    while j < 3 do
      gs = gs :+ (() => j)
      j += 1
    println(gs.map(g => g()))
    var hs: List[() => Int] = Nil
    var k = 0
    while k < 3 do
      val copy = k
      hs = hs :+ (() => copy)
      k += 1
    println(hs.map(h => h()))
