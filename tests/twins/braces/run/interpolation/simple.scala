// `$name` takes an identifier, `${…}` an expression.
@main def run(): Unit = {
  val name = "Ada"
  val n = 3
  println(s"Hello $name")
  println(s"$name$n")
  println(s"${name.length} letters")
  println(s"$name.length")
  println(s"${n + 1} and ${if n > 2 then "many" else "few"}")
  println(s"$$5 and $$name")
  println(s"a\tb\\c")
  println(s"")
  println(s"$n%")
  println(s"{$n}")
  println(s"${n}x")
}
