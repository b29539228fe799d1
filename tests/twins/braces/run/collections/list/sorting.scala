// sorted, sortBy and sortWith; sorting is stable.
case class Person(name: String, age: Int)

@main def run(): Unit = {
  val people = List(Person("Eva", 30), Person("Bob", 25), Person("Ann", 30), Person("Cid", 25))
  println(people.sortBy(_.age).map(_.name))
  println(people.sortBy(_.name).map(_.name))
  println(people.sortBy(p => (p.age, p.name)).map(_.name))
  println(people.sortWith((a, b) => a.age > b.age).map(_.name))
  println(List(3, 1, 2).sorted)
  println(List(3, 1, 2).sorted.reverse)
  println(List("b", "C", "a").sorted)
  println(List("ccc", "a", "bb").sortBy(_.length))
  println(List(3, 1, 2).sortBy(x => -x))
  println(List((2, 'a'), (1, 'b'), (1, 'a')).sorted)
  println(List(true, false, true).sorted)
}
