// In lists and branches Int constants convert to the one other numeric type; nothing else converts.
@main def run(): Unit = {
  val longs = List(1, 2L, 3)
  println(longs.map(_ + Int.MaxValue))
  val branch = if longs.isEmpty then 1 else 2147483648L
  println(branch + 1)
  val matched = longs.length match {
    case 3 => 7
    case _ => 8L
  }
  println(matched * 1000000000L)
  val half: Long = if longs.length > 1 then 5 else 6
  println(half / 2)
  val f: Long => Long = _ + 1
  println(f(41))
  val c: Char = 65
  println(c)
}
