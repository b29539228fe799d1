// Every function of StrictMath: samples, then a fold of the bits of many results over arguments of all sizes.
import java.lang.Double.{doubleToLongBits, longBitsToDouble}

class Arguments(var state: Long) {
  def next(): Long = {
    state = state * 6364136223846793005L + 1442695040888963407L
    state ^ (state >>> 29)
  }
  def unit(): Double = (next() >>> 11).toDouble / 9007199254740992.0
  def between(low: Double, high: Double): Double = low + unit() * (high - low)
  def any(): Double = longBitsToDouble(next())
}

val edges: List[Double] = List(0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.0, 3.0, -3.0, 10.0, 22.0, 0.7853981633974483,
  1.5707963267948966, 3.141592653589793, -4.71238898038469, 1e5, 1e22, -1e22, 1e300, 1e-300, 4.9e-324, 2.2250738585072014e-308,
  1.7976931348623157e308, 709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412, 710.4758600739439,
  710.475860073944, 0.41421356237309503, -0.2928932188134524, 0.346573, 1.0397, 1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0)

def one(name: String, low: Double, high: Double)(f: Double => Double): Unit = {
  println(name + edges.map(x => f(x)).mkString(": ", " ", ""))
  val arguments = Arguments(name.length.toLong)
  var sum = 0L
  for i <- 0 until 300 do
    for x <- List(arguments.between(low, high), arguments.between(-3.0, 3.0), arguments.any()) do
      sum = sum * 31 + doubleToLongBits(f(x))
  for x <- edges do sum = sum * 31 + doubleToLongBits(f(x))
  println(name + " " + java.lang.Long.toHexString(sum))
}

def two(name: String)(f: (Double, Double) => Double): Unit = {
  println(name + edges.zip(edges.reverse).map((x, y) => f(x, y)).mkString(": ", " ", ""))
  val arguments = Arguments(name.length.toLong)
  var sum = 0L
  for i <- 0 until 300 do {
    sum = sum * 31 + doubleToLongBits(f(arguments.between(-9.0, 9.0), arguments.between(-9.0, 9.0)))
    sum = sum * 31 + doubleToLongBits(f(arguments.between(0.0, 1e3), arguments.between(-40.0, 40.0)))
    sum = sum * 31 + doubleToLongBits(f(arguments.between(0.999999, 1.000001), arguments.between(-1e12, 1e12)))
    sum = sum * 31 + doubleToLongBits(f(arguments.any(), arguments.any()))
  }
  for x <- edges do for y <- edges do sum = sum * 31 + doubleToLongBits(f(x, y))
  println(name + " " + java.lang.Long.toHexString(sum))
}

@main def strictMath(): Unit = {
  one("sin", -1e6, 1e6)(StrictMath.sin(_))
  one("cos", -1e9, 1e9)(StrictMath.cos(_))
  one("tan", -1e3, 1e3)(StrictMath.tan(_))
  one("asin", -1.0, 1.0)(StrictMath.asin(_))
  one("acos", -1.0, 1.0)(StrictMath.acos(_))
  one("atan", -100.0, 100.0)(StrictMath.atan(_))
  one("sinh", -720.0, 720.0)(StrictMath.sinh(_))
  one("cosh", -720.0, 720.0)(StrictMath.cosh(_))
  one("tanh", -30.0, 30.0)(StrictMath.tanh(_))
  one("exp", -750.0, 720.0)(StrictMath.exp(_))
  one("expm1", -60.0, 720.0)(StrictMath.expm1(_))
  one("log", 0.0, 1e9)(StrictMath.log(_))
  one("log10", 0.0, 1e5)(StrictMath.log10(_))
  one("log1p", -1.0, 1e3)(StrictMath.log1p(_))
  one("cbrt", -1e9, 1e9)(StrictMath.cbrt(_))
  one("sqrt", 0.0, 1e9)(StrictMath.sqrt(_))
  two("pow")(StrictMath.pow(_, _))
  two("atan2")(StrictMath.atan2(_, _))
  two("hypot")(StrictMath.hypot(_, _))
}
