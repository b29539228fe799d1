// Validation and transformation as lists of functions.
case class User(name: String, age: Int)

@main def run(): Unit = {
  type Rule = User => Option[String]
  val rules: List[(String, Rule)] = List(
    "name" -> (u => if u.name.isEmpty then Some("must not be empty") else None),
    "age" -> (u => if u.age < 0 then Some("must not be negative") else None),
    "adult" -> (u => Option.when(u.age < 18)("must be 18 or more"))
  )
  def check(u: User): List[String] =
    for {
      (name, rule) <- rules
      problem <- rule(u)
    }
    yield s"$name $problem"
  println(check(User("Ann", 20)))
  println(check(User("", -5)))
  val steps: List[String => String] = List(_.trim, _.toLowerCase, s => s.replace(" ", "-"), _.take(12))
  println(steps.reduce(_ andThen _)("  Hello Big World  "))
  println(steps.scanLeft("  A B ")((s, f) => f(s)))
}
