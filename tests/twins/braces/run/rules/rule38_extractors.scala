// unapply gives Boolean, Option, something with isEmpty and get, a product, or a sequence.
object Even {
  def unapply(n: Int): Boolean = n % 2 == 0
}
object Half {
  def unapply(n: Int): Option[Int] = if n % 2 == 0 then Some(n / 2) else None
}
class Found(text: String) {
  def isEmpty = text.isEmpty
  def get = text.toUpperCase
}
object Upper {
  def unapply(s: String): Found = Found(s)
}
object Split {
  def unapply(n: Int): (Int, Int) = (n / 10, n % 10)
}
object Words {
  def unapplySeq(s: String): Option[List[String]] = Some(s.split(" ").toList)
}
object Pairs {
  def unapply(s: String): Option[(String, Int)] = if s.isEmpty then None else Some((s, s.length))
}
case class Person(name: String, age: Int)
class Range2(val low: Int) {
  def unapply(n: Int): Option[Int] = if n >= low then Some(n - low) else None
}

@main def run(): Unit = {
  println(List(3, 4, 8).map { case Half(Half(n)) => s"q$n"; case Even() => "even"; case _ => "odd" })
  println(List("", "abc").map { case Upper(s) => s; case _ => "empty" })
  42 match {
    case Split(a, b) => println(a + b)
  }
  println(List("a b c", "x", "").map { case Words(a, b, rest*) => s"$b$a$rest"; case Words(a) => s"one '$a'" ; case _ => "?" })
  println("hello" match { case Pairs(s, n) => s"$s$n"; case _ => "none" })
  println(Person("Ada", 36) match { case Person(n, a) if a > 30 => n; case _ => "young" })
  val above5 = Range2(5)
  println(List(3, 9).map { case above5(n) => s"+$n"; case n => s"$n" })
  val Split(tens, ones) = 73
  println(tens * ones)
}
