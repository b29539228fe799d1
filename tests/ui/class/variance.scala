// A covariant parameter stands where values come out, a contravariant one where they go in.
class Cell[T]

class Into[+A]:
  def put(value: A): Unit = () //~ E0338
  def more(values: A*): Unit = () //~ E0338
  def each(action: A => Unit): Unit = ()
  def feed(source: (A => Unit) => Unit): Unit = () //~ E0338
  def widen[B >: A](value: B): Unit = ()
  def narrow[B <: A](value: B): Unit = () //~ E0338
  extension (value: A) def twice: Int = 2 //~ E0338

class Outof[-A]:
  def get: A = ??? //~ E0338
  def take(value: A): Unit = ()
  def inferred = { val cell: Cell[A] = new Cell[A]; cell } //~ E0338

class Kept[+A](val shown: A, hidden: Cell[A], var changed: A, private val own: Cell[A]): //~ E0338 E0338
  val cell: Cell[A] = hidden //~ E0338
  var value: A = shown //~ E0338
  private var slot: Cell[A] = hidden
  private def free(value: A): Unit = ()
  def bounded: Cell[? <: A] = hidden
  def reversed: Cell[? >: A] = hidden //~ E0338

class Shared[+A](first: A):
  private var held: A = first //~ E0338
  private var read: A = first
  private def give(value: A): Unit = () //~ E0338
  def through(other: Shared[Any], value: Any): Unit =
    other.held = value
    other.give(value)
    println(other.read)

class Parent[+A] extends Cell[A] //~ E0338

class Types[+A]:
  type Same = A //~ E0338
  type Below <: A
  type Above >: A //~ E0338

class Around[+A]:
  class Inner:
    def put(value: A): Unit = () //~ E0338
  private class Hidden:
    def put(value: A): Unit = ()
  object Single:
    def put(value: A): Unit = () //~ E0338
  def method: Unit =
    class Local:
      def put(value: A): Unit = ()

class Higher[+F[_], G[+_], +A]:
  def get: F[Int] = ???
  def put(value: F[Int]): Unit = () //~ E0338
  def kept: G[A] = ???
  def lost: F[A] = ??? //~ E0338

type Wrong[+A] = Cell[A] //~ E0338
type Also[-A] = List[A] //~ E0338

case class Taken[-A](value: A) //~ E0338

class Unchecked[+A]:
  def put(value: A @scala.annotation.unchecked.uncheckedVariance): Unit = ()
