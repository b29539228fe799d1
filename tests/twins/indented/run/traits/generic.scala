// Generic traits with several implementations.
trait Stack[A]:
  def push(a: A): Stack[A]
  def pop: Option[(A, Stack[A])]
  def toList: List[A] = pop match
    case Some((a, rest)) => a :: rest.toList
    case None            => Nil
class ListStack[A](items: List[A]) extends Stack[A]:
  def push(a: A): Stack[A] = new ListStack(a :: items)
  def pop: Option[(A, Stack[A])] = items match
    case h :: t => Some((h, new ListStack(t)))
    case Nil    => None
class Limited[A](inner: Stack[A], room: Int) extends Stack[A]:
  def push(a: A): Stack[A] = if room > 0 then new Limited(inner.push(a), room - 1) else this
  def pop: Option[(A, Stack[A])] = inner.pop.map((a, s) => (a, new Limited(s, room + 1)))

object Main:
  def main(args: Array[String]): Unit =
    val s = new ListStack[Int](Nil).push(1).push(2).push(3)
    println(s.toList)
    val l: Stack[String] = new Limited(new ListStack[String](Nil), 2)
    println(l.push("a").push("b").push("c").toList)
    println(s.pop.map(_._1))
