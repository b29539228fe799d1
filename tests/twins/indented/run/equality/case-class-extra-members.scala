// Only the first parameter list of a case class takes part in equality and text.
case class Named(name: String)(val note: String)
case class Counter(start: Int):
  var count: Int = start

object Main extends App:
  println(Named("a")("x") == Named("a")("y"))
  println(Named("a")("x"))
  println(Named("a")("x").note)
  val c = Counter(1)
  c.count += 5
  println(c == Counter(1))
  println(c)
  println(c.count)
