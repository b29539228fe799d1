object PartialLambdaField:
  case class Entry(value: Option[Int])
  val known: PartialFunction[Entry, Int] = entry => entry.value match { case Some(x) if x > 0 => x }
  def main(args: Array[String]): Unit =
    val entries = List(Entry(Some(2)), Entry(None), Entry(Some(-1)), Entry(Some(7)))
    println(entries.map(known.isDefinedAt))
    println(entries.collect(known))
