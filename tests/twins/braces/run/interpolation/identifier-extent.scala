// `$id` takes letters, digits and underscores, as an identifier does.
@main def run(): Unit = {
  val a = 1
  val a1 = 2
  val a_b = 3
  val ab = 4
  println(s"$a $a1 $a_b $ab")
  println(s"$a-1 $a.1 $a,1 $a:b")
  println(s"${a}1 ${a}b")
  val `odd name` = 5
  println(s"${`odd name`}")
}
