// Constants take the numeric type of the others; variables never convert.
@main def run(): Unit = {
  val n = 1
  val l = 2L
  println(List(1, 2.0))
  println(List[AnyVal](n, 2.0))
  val mixed: List[AnyVal] = List(n, 2.0)
  println(mixed)
  val longs = List(1, l, 3)
  println(longs.sum)
  val branch = if n > 0 then 1 else 2.5
  println(branch)
  val branches: AnyVal = if n > 0 then n else 2.5
  println(branches)
  val cases = n match {
    case 1 => 5
    case _ => 2.5
  }
  println(cases)
  val chars = List('a', 98)
  println(chars)
}
