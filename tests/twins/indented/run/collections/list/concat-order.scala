// Right-associative operators on lists, and how they nest.
object Main extends App:
  val a = List(1, 2)
  val b = List(3)
  println(a ::: b ::: List(4))
  println(0 :: a ::: b)
  println((0 :: a) ::: b)
  println(a :+ 9 :+ 10)
  println(9 +: 8 +: a)
  println(a ++ b ++ a)
  println(a :: List(b))
  println((a :: Nil) == List(a))
  println(Nil ::: a)
