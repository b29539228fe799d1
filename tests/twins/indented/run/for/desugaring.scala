// for calls map, flatMap, foreach and withFilter of any type that has them.
class Traced[A](items: List[A]):
  def map[B](f: A => B): Traced[B] = { print("map "); new Traced(items.map(f)) }
  def flatMap[B](f: A => Traced[B]): Traced[B] = { print("flatMap "); new Traced(items.flatMap(a => f(a).toList)) }
  def withFilter(p: A => Boolean): Traced[A] = { print("withFilter "); new Traced(items.filter(p)) }
  def foreach(f: A => Unit): Unit = { print("foreach "); items.foreach(f) }
  def toList: List[A] = items

object Main:
  def main(args: Array[String]): Unit =
    val t = new Traced(List(1, 2, 3))
    println((for x <- t yield x * 2).toList)
    println((for x <- t if x > 1 yield x * 10).toList)
    println((for x <- t; y <- t if x < y yield (x, y)).toList)
    for x <- t do print(s"[$x] ")
    println()
    for x <- t; y <- new Traced(List('a', 'b')) do print(s"[$x$y] ")
    println()
    println((for  x <- t; y = x * x; z <- t if z == y  yield z).toList)
