// A leftist heap, heap sort, and a scheduler of jobs with priorities.
sealed trait Heap[+A]:
  def rank: Int
  def isEmpty: Boolean
case object Tip extends Heap[Nothing]:
  val rank = 0
  val isEmpty = true
case class Branch[A](rank: Int, top: A, left: Heap[A], right: Heap[A]) extends Heap[A]:
  val isEmpty = false

class Heaps[A](less: (A, A) => Boolean):
  private def make(a: A, x: Heap[A], y: Heap[A]): Heap[A] =
    if x.rank >= y.rank then Branch(y.rank + 1, a, x, y) else Branch(x.rank + 1, a, y, x)

  def merge(x: Heap[A], y: Heap[A]): Heap[A] = (x, y) match
    case (Tip, h) => h
    case (h, Tip) => h
    case (Branch(_, a, l1, r1), Branch(_, b, l2, r2)) =>
      if less(b, a) then make(b, l2, merge(x, r2)) else make(a, l1, merge(r1, y))

  def insert(h: Heap[A], a: A): Heap[A] = merge(Branch(1, a, Tip, Tip), h)

  def pop(h: Heap[A]): Option[(A, Heap[A])] = h match
    case Tip                => None
    case Branch(_, a, l, r) => Some((a, merge(l, r)))

  def from(items: List[A]): Heap[A] = items.foldLeft(Tip: Heap[A])(insert)

  def toList(h: Heap[A]): List[A] =
    def loop(h: Heap[A], acc: List[A]): List[A] = pop(h) match
      case None            => acc.reverse
      case Some((a, rest)) => loop(rest, a :: acc)
    loop(h, Nil)

case class Job(name: String, priority: Int, arrival: Int, length: Int)

object Scheduler:
  private val heaps = new Heaps[Job]((a, b) =>
    a.priority > b.priority || a.priority == b.priority && a.arrival < b.arrival
  )

  /** Runs jobs one after the other; at each end the waiting job of the highest priority is next. */
  def run(jobs: List[Job]): List[(Int, String)] =
    def loop(time: Int, coming: List[Job], waiting: Heap[Job], acc: List[(Int, String)]): List[(Int, String)] =
      val (arrived, later) = coming.span(_.arrival <= time)
      val ready = arrived.foldLeft(waiting)(heaps.insert)
      heaps.pop(ready) match
        case Some((job, rest)) => loop(time + job.length, later, rest, (time, job.name) :: acc)
        case None =>
          later match
            case Nil       => acc.reverse
            case next :: _ => loop(next.arrival, later, ready, acc)
    loop(0, jobs.sortBy(_.arrival), Tip, Nil)

object Main extends App:
  val ints = new Heaps[Int](_ < _)
  val numbers = List(5, 3, 9, 1, 7, 3, 8)
  println(ints.toList(ints.from(numbers)))
  println(ints.toList(ints.merge(ints.from(List(4, 2)), ints.from(List(3, 1)))))
  println(ints.pop(Tip))
  println(ints.from(numbers).rank)
  val words = new Heaps[String]((a, b) => a.length > b.length || a.length == b.length && a < b)
  println(words.toList(words.from(List("kiwi", "fig", "banana", "date", "cherry"))))
  val pseudo = Iterator.iterate(17)(n => (n * 31 + 7) % 1009).take(200).toList
  println(ints.toList(ints.from(pseudo)) == pseudo.sorted)
  val jobs = List(Job("a", 1, 0, 5), Job("b", 2, 1, 2), Job("c", 9, 2, 1), Job("d", 2, 1, 1), Job("e", 5, 30, 4))
  println(Scheduler.run(jobs))
