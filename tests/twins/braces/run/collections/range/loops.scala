// to, until, by, and negative steps.
@main def run(): Unit = {
  for i <- 1 to 5 do print(s"$i ")
  println()
  for i <- 1 until 5 do print(s"$i ")
  println()
  for i <- 10 to 1 by -3 do print(s"$i ")
  println()
  for i <- 0 until 20 by 7 do print(s"$i ")
  println()
  for i <- 5 to 1 do print(s"$i ")
  println("nothing")
  for i <- (1 to 5).reverse do print(s"$i ")
  println()
  for c <- 'a' to 'e' do print(c)
  println()
  for i <- 1L to 3L do print(i * 10000000000L)
  println()
}
