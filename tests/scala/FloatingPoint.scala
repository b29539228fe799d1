// Compares the library's functions of floating point with java.lang.StrictMath (no bit may differ) and java.lang.Math
// (prints how often ours differ). Compiled together with the library's sources by math.sh.
import fvm.internal.{Fdlibm, Rounded}
import java.lang.Double.{doubleToLongBits, longBitsToDouble}

private val random = java.util.SplittableRandom(42)
private def between(low: Double, high: Double): Double = low + random.nextDouble() * (high - low)
private def any(): Double = longBitsToDouble(random.nextLong())
/** Of any order of magnitude between the two, with any sign. */
private def sized(low: Double, high: Double): Double =
  val x = math.exp(between(math.log(low), math.log(high)))
  if random.nextBoolean() then x else -x

private val borders = List(0.0, 0.29289, 0.3, 0.41421, 0.4375, 0.5, 0.6744, 0.6875, 0.78125, 0.975, 1.0, 1.1875, 1.5, 2.0, 2.4375,
  3.0, 10.0, 22.0, 38.816, 100.0, 709.782712893384, 710.4758600739439, 745.1332191019411, 823549.6645, 1e5, 2147483648.0,
  4294967296.0, 9007199254740992.0, 1e22, 1e-300, 1e300, math.E, Double.MaxValue, 2.2250738585072014e-308,
  Double.PositiveInfinity, Double.NaN)
private val edges: Array[Double] =
  val centres = borders ++ (1 to 60).map(_ * math.Pi / 4) ++ (-1074 to 1023).map(Math.scalb(1.0, _)) ++
    (1 to 1000).map(_ / 8.0) ++ (1 to 1000).map(_ => random.nextInt(10000000) * (math.Pi / 2))
  centres.toArray.flatMap(x => Array(x, Math.nextUp(x), Math.nextDown(x))).flatMap(x => Array(x, -x))

private var failures = 0

/** Compares over `arguments`, which `f`, `strict` and `usual` are given one after the other. */
private def compare[A](name: String, ours: A => Double, strict: A => Double, common: A => Double, usual: A => Double)(
    arguments: Iterator[A]
): Unit =
  var count, differ, strictDiffer, unusual = 0
  for x <- arguments do
    val expected = doubleToLongBits(strict(x))
    val usualBits = doubleToLongBits(usual(x))
    count += 1
    if doubleToLongBits(ours(x)) != expected then
      differ += 1
      if differ <= 5 then println(s"  $name($x) is ${ours(x)}, StrictMath gives ${strict(x)}")
    if usualBits != expected then strictDiffer += 1
    if usualBits != doubleToLongBits(common(x)) then unusual += 1
  failures += differ
  def rate(n: Int): String = f"${100.0 * n / count}%8.4f %%"
  println(f"$name%-6s $count%8d arguments; from StrictMath $differ differ; from Math ${rate(unusual)} (StrictMath ${rate(strictDiffer)})")

@main def compareFloatingPoint(n: Int): Unit =
  def one(name: String, low: Double, high: Double, ours: Double => Double, strict: Double => Double, common: Double => Double, usual: Double => Double): Unit =
    compare(name, ours, strict, common, usual)(edges.iterator ++ Iterator.tabulate(n)(_ % 4 match
      case 0 => any()
      case 1 => between(-high, high)
      case 2 => between(-10, 10)
      case _ => sized(low, high)
    ))
  def two(name: String, ours: (Double, Double) => Double, strict: (Double, Double) => Double, common: (Double, Double) => Double, usual: (Double, Double) => Double): Unit =
    val pairs = for x <- edges.iterator.take(500); y <- edges.iterator.take(500) yield (x, y)
    compare(name, ours.tupled, strict.tupled, common.tupled, usual.tupled)(pairs ++ Iterator.tabulate(n)(_ % 5 match
      case 0 => (any(), any())
      case 1 => (between(-100, 100), between(-100, 100))
      case 2 => (sized(1e-320, 1e300), sized(1e-320, 1e300))
      case 3 => (between(0, 10), between(-30, 30))
      case _ => (between(0.999999, 1.000001), sized(1, 1e12))
    ))
  one("sin", 1e-12, 1e15, Fdlibm.sin, StrictMath.sin, Rounded.sin, Math.sin)
  one("cos", 1e-12, 1e15, Fdlibm.cos, StrictMath.cos, Rounded.cos, Math.cos)
  one("tan", 1e-12, 1e15, Fdlibm.tan, StrictMath.tan, Rounded.tan, Math.tan)
  one("exp", 1e-12, 750, Fdlibm.exp, StrictMath.exp, Rounded.exp, Math.exp)
  one("log", 1e-300, 1e300, Fdlibm.log, StrictMath.log, Rounded.log, Math.log)
  one("log10", 1e-300, 1e300, Fdlibm.log10, StrictMath.log10, Rounded.log10, Math.log10)
  two("pow", Fdlibm.pow, StrictMath.pow, Rounded.pow, Math.pow)
  one("asin", 1e-12, 1, Fdlibm.asin, StrictMath.asin, Fdlibm.asin, Math.asin)
  one("acos", 1e-12, 1, Fdlibm.acos, StrictMath.acos, Fdlibm.acos, Math.acos)
  one("atan", 1e-12, 1e20, Fdlibm.atan, StrictMath.atan, Fdlibm.atan, Math.atan)
  two("atan2", Fdlibm.atan2, StrictMath.atan2, Fdlibm.atan2, Math.atan2)
  one("sinh", 1e-12, 720, Fdlibm.sinh, StrictMath.sinh, Fdlibm.sinh, Math.sinh)
  one("cosh", 1e-12, 720, Fdlibm.cosh, StrictMath.cosh, Fdlibm.cosh, Math.cosh)
  one("tanh", 1e-12, 30, Fdlibm.tanh, StrictMath.tanh, Fdlibm.tanh, Math.tanh)
  one("expm1", 1e-18, 720, Fdlibm.expm1, StrictMath.expm1, Fdlibm.expm1, Math.expm1)
  one("log1p", 1e-18, 1e20, Fdlibm.log1p, StrictMath.log1p, Fdlibm.log1p, Math.log1p)
  one("cbrt", 1e-320, 1e300, Fdlibm.cbrt, StrictMath.cbrt, Fdlibm.cbrt, Math.cbrt)
  two("hypot", Fdlibm.hypot, StrictMath.hypot, Fdlibm.hypot, Math.hypot)
  if failures > 0 then sys.exit(1)
