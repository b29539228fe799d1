// StringBuilder: append, length, insert, reverse.
@main def run(): Unit = {
  val sb = new StringBuilder
  sb.append("abc")
  sb.append(1)
  sb.append('x')
  sb.append(true)
  println(sb.toString)
  println(sb.length)
  sb += '!'
  sb ++= "end"
  println(sb)
  println(sb.charAt(1))
  sb.insert(0, ">>")
  println(sb.toString)
  println(sb.reverse.toString)
  sb.clear()
  println(sb.isEmpty)
  val b = new StringBuilder("start")
  for i <- 1 to 3 do b.append(i).append(",")
  println(b.result())
  b.setLength(5)
  println(b.toString)
}
