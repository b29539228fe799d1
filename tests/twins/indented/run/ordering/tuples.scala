// Tuples, options of equal shape and strings have an order.
object Main extends App:
  println(List((2, "b"), (1, "z"), (2, "a")).sorted)
  println(List((1, 'b', true), (1, 'a', false)).sorted)
  println(List(Some(2), None, Some(1)).sorted)
  println(List("b" -> 1, "a" -> 2).sortBy(_._1))
  println(List("b" -> 1, "a" -> 2).max)
  println(List(List(2), List(1, 5)).sortBy(_.sum))
  println(List('c', 'a', 'b').sorted.mkString)
  println(List(5L, -3L, 0L).sorted)
  println(List(5, 3, 9).sortWith(_ > _))
