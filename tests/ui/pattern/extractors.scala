// An extractor that may refuse takes nothing for sure; one that gives `Some` takes everything.
object Even:
  def unapply(n: Int): Option[Int] = if n % 2 == 0 then Some(n / 2) else None

final class Box(val value: Int)
object Box:
  def unapply(b: Box): Some[Int] = Some(b.value)

def half(o: Option[Int]): Int = o match //~ E0410
  case Some(Even(n)) => n
  case None          => 0

def open(o: Option[Box]): Int = o match
  case Some(Box(n)) => n
  case None         => 0
