import scala.collection.mutable
class Box[A](val value: A, val log: String) {
  def map[B](f: A => B): Box[B] = new Box(f(value), log + "m")
  def flatMap[B](f: A => Box[B]): Box[B] = { val b = f(value); new Box(b.value, log + "f" + b.log) }
  def foreach[B](f: A => B): Unit = { print("fe "); f(value) }
  def withFilter(p: A => Boolean): Box[A] = new Box(value, log + "w" + p(value))
}
class Sub[A](v: A) extends Box[A](v, "S")
class Mono(val value: Int, val log: String) {
  def map(f: Int => Int): Mono = new Mono(f(value), log + "m")
  def flatMap(f: Int => Mono): Mono = new Mono(f(value).value, log + "F")
}
@main def main(): Unit = {
  println((for x <- new Box(1, "") yield x).log + " 1")
  println((for x <- new Box(1, "") yield (x)).log + " 2")
  println((for x <- new Box(1, ""); y = x + 1 yield x).log + " 3")
  println((for x <- new Box(1, ""); y = { print("side "); 1 } yield x).log + " 3b")
  println((for x <- new Box(1, ""); y = x + 1 yield y).log + " 4")
  println((for x <- new Box(1, "") if x > 0 yield x).log + " 5")
  println((for x <- new Sub(1) yield x).log + " 6")
  println((for x <- new Mono(1, "") yield x).log + " 7")
  println((for (x, y) <- new Box((1, 2), "") yield (x, y)).log + " 8")
  println((for (x, y) <- new Box((1, 2), "") yield (y, x)).log + " 9")
  println((for case (x, y) <- new Box((1, 2), "") yield (x, y)).log + " 10")
  println((for _ <- new Box((), "") yield ()).log + " 11")
  println((for x <- new Box((), "") yield ()).log + " 12")
  println((for x <- new Box(1, "") yield ()).log + " 13")
  println((for x: Int <- new Box(1, "") yield x).log + " 14")
  println((for x <- new Box(1, ""); y <- new Box(2, "") yield y).log + " 15")
  println((for x <- new Box(1, ""); y <- new Box(2, "") yield x).log + " 16")
  println((for x <- new Box(1, "") yield { x }).log + " 17")
  println((for x <- (new Box(1, ""): Box[Any]) yield x).log + " 18")
  val b: Box[Any] = for x <- new Box(1, "") yield x
  println(b.log + " 19")
  println((for (x, (y, z)) <- new Box((1, (2, 3)), "") yield (x, (y, z))).log + " 21")
  println((for x @ (y, z) <- new Box((1, 2), "") yield x).log + " 22")
  println((for x <- new Box(1, "") yield x: Int).log + " 23")
  println((for x <- new Box(1, ""); z = x; y <- new Box(2, "") yield y).log + " 24")
  println((for x <- new Box(1, ""); z = x; if z > 0 yield x).log + " 25")
  println((for x <- new Box(1, ""); if x > 0; y <- new Box(2, "") yield y).log + " 26")
  println((for (x, y) <- new Box((), "").map(_ => (1, 2)) yield (x, y)).log + " 27")
  println((for (x, _) <- new Box((1, 2), "") yield (x, 2)).log + " 28")
  val buf = mutable.ArrayBuffer(1, 2)
  val buf2 = for x <- buf yield x
  buf2 += 3
  println(buf)
  val arr = Array(1, 2)
  val arr2 = for x <- arr yield x
  arr2(0) = 9
  println(arr.toList)
  val xs = List(1, 2)
  println((for x <- xs yield x) eq xs)
  println(for x <- "abc" yield x)
  println(for x <- 1 to 3 yield x)
  println(for (k, v) <- Map(1 -> 2) yield (k, v))
  val m = mutable.Map(1 -> 2)
  val m2 = for (k, v) <- m yield (k, v)
  m2(5) = 6
  println(m)
  val it = Iterator(1, 2, 3)
  println((for x <- it yield x) eq it)
  val o: Option[Int] = Some(3)
  println((for x <- o yield x) eq o)
  println((for x <- Some(3) yield x))
  val u = mutable.ArrayBuffer((), ())
  val u2 = for x <- u yield ()
  u2 += ()
  println(u)
  println((for x <- new Box(1, "") yield
    x).log + " 29")
  val z = for x <- new Box(1, "")
    yield
      x
  println(z.log + " 30")
  val z2 =
    for {
      x <- new Box(1, "")
      y <- new Box(1, "")
    }
    yield
      y
  println(z2.log + " 31")
}
