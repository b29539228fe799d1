// Finding characters and strings.
@main def run(): Unit = {
  val s = "banana"
  println(s.indexOf('a'))
  println(s.indexOf("na"))
  println(s.indexOf("na", 3))
  println(s.lastIndexOf('a'))
  println(s.lastIndexOf("an"))
  println(s.indexOf('z'))
  println(s.contains("nan"))
  println(s.contains("nab"))
  println(s.startsWith("ba"))
  println(s.endsWith("na"))
  println(s.startsWith(""))
  println(s.indexWhere(_ == 'n'))
  println(s.count(_ == 'a'))
  println(s.find(_ > 'm'))
  println(s.exists(_.isUpper))
  println(s.forall(_.isLetter))
}
