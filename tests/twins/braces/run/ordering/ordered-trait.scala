// A class that extends Ordered has the comparison operators.
case class Version(major: Int, minor: Int) extends Ordered[Version] {
  def compare(that: Version): Int =
    if major != that.major then major.compare(that.major)
    else minor.compare(that.minor)
  override def toString: String = s"$major.$minor"
}

@main def run(): Unit = {
  val a = Version(1, 2)
  val b = Version(1, 10)
  println(a < b)
  println(a > b)
  println(a <= Version(1, 2))
  println(b >= a)
  println(a.compare(b) < 0)
  println(List(b, Version(0, 9), a).sorted)
  println(List(b, a).max)
  println(List(b, a).min)
}
