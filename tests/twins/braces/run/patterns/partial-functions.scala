// Partial functions: isDefinedAt, lift, orElse, collect.
@main def run(): Unit = {
  val half: PartialFunction[Int, Int] = { case n if n % 2 == 0 => n / 2 }
  val third: PartialFunction[Int, Int] = { case n if n % 3 == 0 => n / 3 }
  println(half.isDefinedAt(4))
  println(half.isDefinedAt(5))
  println(half(10))
  println(half.lift(5))
  println(half.lift(6))
  val either = half.orElse(third)
  println(List(4, 9, 7).map(either.lift))
  println((1 to 10).collect(half))
  println(List(1, 2, 3).collect { case 2 => "two" })
  println(half.andThen(_ + 100)(8))
  println(half.applyOrElse(5, (n: Int) => -n))
}
