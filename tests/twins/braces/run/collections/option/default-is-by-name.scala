// The alternative of getOrElse, orElse and fold is evaluated only when it is needed.
@main def run(): Unit = {
  def alternative(n: Int): Int = {
    print(s"(alternative $n) ")
    n
  }
  println(Some(1).getOrElse(alternative(10)))
  println(Option.empty[Int].getOrElse(alternative(20)))
  println(Some(1).orElse(Some(alternative(30))))
  println(Option.empty[Int].orElse(Some(alternative(40))))
  println(Some(2).fold(alternative(50))(_ + 1))
  println(Map("a" -> 1).getOrElse("a", alternative(60)))
}
