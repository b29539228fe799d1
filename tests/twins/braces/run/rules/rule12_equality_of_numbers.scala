// == compares numbers by value across types, also when boxed; equals does not.
@main def run(): Unit = {
  val one: Any = 1
  val oneLong: Any = 1L
  println(one == oneLong)
  println(Some(1) == Some(1L))
  println(List(1) == List(1.0))
  println(Map[Any, Int](1 -> 2).get(1L))
  println(Set[Any](1, 1L, 1.0, 'a', 97).size)
  println(BigInt(1) == 1)
  println((BigInt(1): Any) == one)
  println(('a': Any) == 97)
  println(one.equals(1L))
  println(one.equals(1))
  println((1, 'a') == (1L, 97.0))
  println(Vector[Any](1, 2L).contains(2))
  println(List[Any](1, 2.5f).indexOf(2.5))
  println((0.1f: Any) == 0.1)
  println((null: Any) == one)
  println(one == null)
  println((Long.MaxValue: Any) == Long.MaxValue.toDouble)
}
