// Division of a BigInt by zero.
@main def run(): Unit = {
  val big = BigInt(2).pow(70)
  println(big / 3)
  println(big / (big - big))
}
