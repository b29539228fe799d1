// A bound that is a type lambda says how many arguments a type member takes.
trait Box:
  type Content <: [X] =>> Any
  val size: Int

class Lists extends Box:
  type Content = [X] =>> List[X]
  val size = 3
  def of(n: Int): Content[Int] = List.fill(size)(n)

@main def bounds() = println(Lists().of(7))
