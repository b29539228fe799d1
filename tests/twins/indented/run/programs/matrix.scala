// Integer matrices: product, power, determinant, transposition, and fractions for solving equations.
case class Fraction(n: BigInt, d: BigInt):
  def +(that: Fraction): Fraction = Fraction.of(n * that.d + that.n * d, d * that.d)
  def -(that: Fraction): Fraction = Fraction.of(n * that.d - that.n * d, d * that.d)
  def *(that: Fraction): Fraction = Fraction.of(n * that.n, d * that.d)
  def /(that: Fraction): Fraction = Fraction.of(n * that.d, d * that.n)
  def isZero: Boolean = n == BigInt(0)
  override def toString: String = if d == BigInt(1) then n.toString else s"$n/$d"
object Fraction:
  def of(n: BigInt, d: BigInt): Fraction =
    val g = n.gcd(d)
    val sign = if d < 0 then -1 else 1
    Fraction(n / g * sign, d / g * sign)
  def apply(n: Int): Fraction = Fraction(BigInt(n), BigInt(1))

class Matrix(val rows: Vector[Vector[Int]]):
  val height: Int = rows.length
  val width: Int = rows.head.length
  def column(c: Int): Vector[Int] = rows.map(_(c))

  def *(that: Matrix): Matrix =
    require(width == that.height, s"cannot multiply width $width with height ${that.height}")
    new Matrix(Vector.tabulate(height, that.width)((r, c) => rows(r).zip(that.column(c)).map(_ * _).sum))

  def +(that: Matrix): Matrix =
    new Matrix(rows.zip(that.rows).map((a, b) => a.zip(b).map(_ + _)))

  def transposed: Matrix = new Matrix(rows.transpose)

  def power(n: Int): Matrix =
    if n == 0 then Matrix.identity(height)
    else if n % 2 == 0 then
      val half = power(n / 2)
      half * half
    else this * power(n - 1)

  private def minor(r: Int, c: Int): Matrix =
    new Matrix(rows.patch(r, Nil, 1).map(_.patch(c, Nil, 1)))

  def determinant: Int =
    if height == 1 then rows(0)(0)
    else (0 until width).map { c =>
      val sign = if c % 2 == 0 then 1 else -1
      if rows(0)(c) == 0 then 0 else sign * rows(0)(c) * minor(0, c).determinant
    }.sum

  override def toString: String = rows.map(_.mkString(" ")).mkString("[", " | ", "]")
  override def equals(that: Any): Boolean = that match
    case m: Matrix => rows == m.rows
    case _         => false
object Matrix:
  def apply(rows: Vector[Int]*): Matrix = new Matrix(rows.toVector)
  def identity(n: Int): Matrix = new Matrix(Vector.tabulate(n, n)((r, c) => if r == c then 1 else 0))

  def solve(rows: List[List[Int]]): Option[List[Fraction]] =
    def eliminate(left: List[List[Fraction]]): Option[List[List[Fraction]]] = left match
      case Nil => Some(Nil)
      case _ =>
        left.find(r => !r.head.isZero) match
          case None => None
          case Some(pivot) =>
            val scaled = pivot.map(_ / pivot.head)
            val others = left.filter(_ != pivot).map { r =>
              r.zip(scaled).map((x, s) => x - r.head * s).tail
            }
            eliminate(others).map(scaled :: _)
    eliminate(rows.map(_.map(Fraction(_)))).map { triangle =>
      triangle.foldRight(List.empty[Fraction]) { (row, known) =>
        val sum = row.tail.init.zip(known).map(_ * _).foldLeft(Fraction(0))(_ + _)
        (row.last - sum) :: known
      }
    }

object Main:
  def main(args: Array[String]): Unit =
    val a = Matrix(Vector(1, 2), Vector(3, 4))
    val b = Matrix(Vector(0, 1), Vector(1, 0))
    println(a * b)
    println(a + b)
    println(a.transposed)
    println(a.power(5))
    println(a.power(0) == Matrix.identity(2))
    println(a.determinant)
    println(Matrix(Vector(2, 0, 1), Vector(1, 3, 2), Vector(1, 1, 1)).determinant)
    println(Matrix(Vector(1, 1), Vector(1, 0)).power(40))
    println(Matrix(Vector(1, 2, 3)) * Matrix(Vector(4), Vector(5), Vector(6)))
    println(Matrix.solve(List(List(2, 1, 5), List(1, -3, -8))))
    println(Matrix.solve(List(List(1, 1, 1, 6), List(0, 2, 5, -4), List(2, 5, -1, 27))))
    println(Matrix.solve(List(List(1, 2, 3), List(2, 4, 6))))
    println(Matrix.solve(List(List(3, 1), List(1, 1)).map(r => r :+ 1)))
