// copy changes some fields and shares the others.
case class Address(street: String, zip: Int)
case class Person(name: String, age: Int, address: Address, tags: List[String] = Nil)

@main def run(): Unit = {
  val p = Person("Ann", 30, Address("Main", 123))
  val older = p.copy(age = p.age + 1)
  println(older)
  println(p.copy(name = "Bea", tags = List("new")))
  println(p.copy(address = p.address.copy(zip = 999)).address.zip)
  println(p.copy() == p)
  println(p)
  println(p._1)
  println(p.productArity)
}
