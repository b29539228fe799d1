trait Ord[T]:
  def compare(x: T, y: T): Int
  extension (x: T)
    def <(y: T): Boolean = compare(x, y) < 0

given intOrd: Ord[Int]:
  def compare(x: Int, y: Int) =
    if x < y then -1
    else 1

given [T](using o: Ord[T]): Ord[List[T]] with
  def compare(x: List[T], y: List[T]): Int =
    0

extension [T: Ord](xs: List[T])
  def largest: T =
    xs.reduce: (a, b) =>
      if a < b then b else a
  def second: T = xs.tail.head

def max[T](x: T, y: T)(using Ord[T]): T =
  if x < y then
    y
  else
    x

given Context =
  Context.default
