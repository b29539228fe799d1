// All sequences are equal by elements; sets and maps ignore order.
@main def run(): Unit = {
  val list: Seq[Int] = List(1, 2, 3)
  val vector: Seq[Int] = Vector(1, 2, 3)
  val range: Seq[Int] = 1 to 3
  println(list == vector)
  println(vector == list)
  println(range == list)
  println(list == List(1, 2))
  val none: Seq[Int] = Nil
  println(none == Vector())
  println(Set(1, 2, 3) == Set(3, 2, 1))
  println(Map(1 -> "a", 2 -> "b") == Map(2 -> "b", 1 -> "a"))
  println(Map(1 -> "a") == Map(1 -> "b"))
  println(List(List(1), Nil) == List(List(1), List()))
  println((1 to 3) == (1 until 4))
  println((1 to 0) == (5 until 5))
}
