// Division truncates to zero, the remainder has the sign of the dividend, zero throws.
def attempt(name: String)(value: => Any): Unit =
  try println(s"$name = $value")
  catch case e: ArithmeticException => println(s"$name: ${e.getMessage}")

@main def run(): Unit = {
  val signs = for a <- List(-7, 7); b <- List(-2, 2) yield (a / b, a % b)
  println(signs)
  println(s"${Int.MinValue / -1} ${Int.MinValue % -1}")
  println(s"${Long.MinValue / -1L} ${Long.MinValue % -1L}")
  val zero = List[Int]().size
  attempt("int /")(7 / zero)
  attempt("int %")(7 % zero)
  attempt("long /")(7L / zero)
  attempt("long %")(7L % zero)
  attempt("big /")(BigInt(7) / zero)
  attempt("big %")(BigInt(7) % zero)
  attempt("double")(7.0 / zero)
  println(Math.floorMod(-7, 2))
  println(Math.floorDiv(-7, 2))
  println(Math.floorMod(7, -2))
}
