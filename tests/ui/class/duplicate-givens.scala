// Givens without names are named after their types, and two of one name exclude each other.
trait Show[A]

object Same:
  given Show[Option[Int]] = ???
  given Show[Option[Long]] = ??? //~ E0204

object Apart:
  given Show[Option[Int]] = ???
  given Show[List[Long]] = ???

object Block:
  def f(): Unit =
    def first = 1
    @scala.annotation.targetName("first") def second = 2 //~ E0204
