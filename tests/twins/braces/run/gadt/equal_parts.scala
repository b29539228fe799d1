// Two proofs about one parameter make their parts equal.
enum Same[A, B] {
  case Refl[T]() extends Same[T, T]
}

def swapped[A, B, C, D](p: Same[A, (B, C)], q: Same[A, (C, D)], d: D): A = p match {
  case Same.Refl() => q match {
      case Same.Refl() =>
        val pair: (B, B) = (d, d)
        pair
  }
}

trait Tag {
  val data: Int
}
class Note(val data: Int) extends Tag

def dataOf[T, B <: Tag](same: Same[T, B], x: T): Int = same match {
  case Same.Refl() => x.data
}

@main def main(): Unit = {
  println(swapped[(Int, Int), Int, Int, Int](Same.Refl(), Same.Refl(), 7))
  println(dataOf[Note, Note](Same.Refl(), new Note(5)))
}
