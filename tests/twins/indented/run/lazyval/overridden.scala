// Lazy values in traits and subclasses.
trait Config:
  def size: Int
  lazy val buffer: List[Int] =
    println("fill")
    List.fill(size)(0)
class Small extends Config { val size = 2 }
class Large extends Config:
  def size = 4
  override lazy val buffer: List[Int] =
    println("large")
    List(9)

object Main extends App:
  val s = new Small
  println(s.buffer)
  println(s.buffer.length)
  val l = new Large
  println(l.buffer)
