// raw keeps the backslashes.
object Main extends App:
  val n = 7
  println(raw"a\nb $n")
  println(raw"\t" + raw"\t".length)
  println(s"a\nb".length)
  println(raw"a\nb".length)
  println(raw"cost $$ ${n * 2}")
