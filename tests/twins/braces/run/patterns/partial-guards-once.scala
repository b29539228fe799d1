// The guards of a partial function run once where its value is asked for as well.
val log = new StringBuilder

def seen(name: String, yes: Boolean): Boolean = {
  log.append(name).append(' ')
  yes
}

def show(value: Any): Unit = {
  println(s"$value [${log.toString.trim}]")
  log.clear()
}

val even: PartialFunction[Int, String] = {
  case n if seen("even", n % 2 == 0) => s"even $n"
  case 7 if seen("seven", true) => "seven"
}

val big: PartialFunction[Int, String] = {
  case n if seen("big", n > 100) => s"big $n"
}

@main def guards(): Unit = {
  show(even(2))
  show(even.isDefinedAt(2))
  show(even.applyOrElse(3, (n: Int) => s"other $n"))
  show(even.applyOrElse(7, (n: Int) => s"other $n"))
  show(even.lift(2))
  show(even.lift(5))
  show(List(1, 2, 3, 4, 7).collect(even))
  show(Vector(1, 2).collect(even))
  show(Set(1, 2).collect(even))
  show(Array(1, 2).collect(even).toList)
  show(Iterator(1, 2, 3).collect(even).toList)
  show(List(1, 2, 3, 4).collectFirst(even))
  show(Some(2).collect(even))
  show(Some(3).collect(even))
  show(Map(1 -> 2).collect { case (k, v) if seen("pair", v == 2) => v -> k })
  show((even orElse big)(200))
  show((even orElse big)(301))
  show((even orElse big).lift(3))
  show((even orElse big).isDefinedAt(301))
  show((even andThen (_.length)).lift(2))
  show((even andThen (_.length)).lift(3))
  show(even.runWith(s => log.append(s).append(' '))(4))
  show(even.runWith(s => log.append(s).append(' '))(5))
  show(PartialFunction.cond(2) { case n if seen("cond", n == 2) => true })
  show(PartialFunction.condOpt(2) { case n if seen("cond", n == 2) => "two" })
  show("abc".collect { case c if seen("char", c != 'b') => c.toUpper })
  show(util.Try(2).collect(even))
  show(util.Failure[Int](RuntimeException("x")).recover { case e if seen("recover", true) => 1 })
}
