// `a op: b` evaluates a first, then b, then calls b's method.
class Chain(val items: List[String]) {
  def +:(s: String): Chain = {
    print(s"+:$s ")
    Chain(s :: items)
  }
  def ++:(that: Chain): Chain = Chain(that.items ::: items)
}

@main def run(): Unit = {
  def left(s: String): String = {
    print(s"left-$s ")
    s
  }
  def right(): Chain = {
    print("right ")
    Chain(Nil)
  }
  println((left("a") +: right()).items)
  println((left("a") +: left("b") +: right()).items)
  println((Chain(List("x")) ++: Chain(List("y"))).items)
  println((1 :: 2 :: Nil).foldRight(0)(_ - _))
}
