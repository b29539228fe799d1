// Both styles in one program mean the same.
object Braces:
  def sign(n: Int): String =
    if n > 0 then
      "plus"
    else if n < 0 then
      "minus"
    else
      "zero"
object Indented:
  def sign(n: Int): String =
    if n > 0 then
      "plus"
    else if n < 0 then
      "minus"
    else
      "zero"
  end sign
end Indented

@main def run(): Unit =
  for n <- List(1, -1, 0) do
    println(Braces.sign(n) == Indented.sign(n))
  val both =
    val x = 1
      + 2
    x
  println(both)
  if both == 3 then { println("mixed") } else println("else")
  while both < 0 do { println("never") }
