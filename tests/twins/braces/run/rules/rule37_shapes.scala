// Sequences, strings, binders and alternatives.
def list(xs: Seq[Int]): String = xs match {
  case a +: b +: _ if a == b => s"twins $a"
  case Seq() => "none"
  case Seq(1, _*) => "one first"
  case init :+ 9 => s"nine last after ${init.size}"
  case Seq(a, b, rest*) => s"$a, $b and ${rest.toList}"
  case Seq(a) => s"only $a"
}

def text(s: String): String = s match {
  case s"$y-$m-$d" => s"date $y $m $d"
  case s"$k=$v" => s"$k is $v"
  case s"<$inner>" => s"inside $inner"
  case _ => "plain"
}

def nested(xs: List[Any]): String = xs match {
  case (whole @ List(_, _)) :: (1 | 2 | 3) :: Nil => s"pair $whole and small"
  case head :: (tail @ (_ :: _)) => s"$head then ${tail.size}"
  case (x: Int) :: Nil => s"int $x"
  case _ => "other"
}

@main def run(): Unit = {
  for xs <- List(List(), List(1), List(1, 2), List(4, 4, 1), List(3, 5, 9), List(2, 3, 4, 5), List(7)) do {
    println(list(xs))
    println(list(xs.toVector))
  }
  for s <- List("2024-05-06", "a-b-c-d", "k=v=w", "<x>", "=", "no") do println(text(s))
  println(nested(List(List(1, 2), 3)))
  println(nested(List(1, 2)))
  println(nested(List(5)))
  println(nested(Nil))
}
