// scalac warns: an array becomes an immutable sequence by a copy
class Later(xs: Int*) {
  def sum: Int = xs.sum
}
def count(xs: String*): Int = if xs == null then -1 else xs.length
def forward(xs: Int*): Int = total(xs*)
def total(xs: Int*): Int = xs.sum
def first(xs: Any*): String = xs.toString
@main def main(): Unit = {
  val a = Array(1, 2, 3)
  val later = new Later(a*)
  a(0) = 10
  println(later.sum)
  val none: Array[String] = null
  println(count(none*))
  val noSeq: Seq[String] = null
  println(count(noSeq*))
  println(count(Array("a")*))
  println(count())
  println(forward(1, 2, 3))
  println(forward(a*))
  println(first(List(1, 2)*))
  println(first(Vector(1, 2)*))
  println(first(Array(1, 2)*))
  println(first(1, 2))
  println(first(1 to 3*))
  val seq: Seq[Int] = a
  a(1) = 20
  println(seq)
  val gone: Array[Int] = null
  val goneSeq: Seq[Int] = gone
  println(goneSeq == null)
}
