// Options in for, and lists of options.
case class Address(city: Option[String])
case class Person(name: String, address: Option[Address])

object Main:
  def city(p: Person): Option[String] = for
    a <- p.address
    c <- a.city
    if c.nonEmpty
  yield c.toUpperCase

  def main(args: Array[String]): Unit =
    println(city(Person("a", Some(Address(Some("Oslo"))))))
    println(city(Person("b", Some(Address(None)))))
    println(city(Person("c", None)))
    println(city(Person("d", Some(Address(Some(""))))))
    println(List(Some(1), None, Some(3)).flatten)
    println(List("1", "x", "3").flatMap(_.toIntOption))
    println(List("1", "x").map(_.toIntOption))
    println(Some(1).zip(Some("a")))
    println(Option(5).collect { case x if x > 3 => x * 2 })
    println(Some(Some(1)).flatten)
    println(for  a <- Some(1); b <- Some(2)  yield a + b)
    println(Some(3).filterNot(_ == 3))
    println(Option.empty[Int].orElse(Option(7)).get)
    println(Option.when(1 < 2)("yes"))
    println(Option.unless(1 < 2)("yes"))
