// format, printf and f"…": flags, widths, precisions, rounding, failures.
def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

@main def formats(): Unit = {
  val (n, x, s) = (42, 3.14159, "text")
  println(f"$n $x $s|$n%d|$n%5d|$n%-5d|$n%05d|$n%+d|$n% d|${-n}%(d|${1234567}%,d|${-1234567}%,15d|")
  println(f"$x%f|$x%.2f|$x%8.3f|$x%-8.1f|$x%08.2f|$x%+.1f|${-x}%(.2f|${1234567.891}%,.2f|$x%.0f|$x%#.0f|${1}%.1f|${2L}%f|${1.5f}%.2f")
  println(f"$x%e|$x%.2e|${0.000123}%E|${1e100}%.3e|${0.0}%e|$x%g|${0.00001}%g|${123456.789}%g|${1234567.0}%.3g|${0.0}%g|${1e10}%G")
  println(f"$s%s|$s%10s|$s%-10s|$s%.2s|$s%10.2s|$s%S|${'c'}%c|${65}%c|${'c'}%5C|${true}%b|${false}%-7b|${"hi"}%h")
  println(f"${255}%x|${255}%X|${255}%#x|${255}%08x|${255}%o|${~0}%x|${~0L}%x|${(-1).toByte}%x|${(-1).toShort}%x|${BigInt(-255)}%x|${BigInt(1) << 70}%x")
  println(f"100%% of $n%d%% %n|${BigInt("123456789012345678901234567890")}%,d|${Int.MinValue}%d|${Long.MinValue}%,d|${'a'}%d")
  println(f"a\tb$n%3d\n${List(1, 2)}%-12s|${None}|${Some(3)}%s")
  for v <- List(0.125, 0.375, 1.005, 2.5, 0.5, 1.5, 9.995, 0.05, 0.95, 99.999, 1e-10, 123456789.0, 1e20, 0.1 + 0.2, 100.0, 5e-324, Double.MaxValue) do
    println(f"$v%.0f $v%.1f $v%.2f $v%.5f $v%.3e $v%.3g")
  for v <- List(Double.NaN, Double.PositiveInfinity, Double.NegativeInfinity, -0.0) do println(f"$v%5.1f|$v%08.1f|$v%e|$v%+f|$v%(f")
  println("%d %s %d".format(1, "two", 3L) + "%2$s %1$s".format("a", "b") + "%s".format(null) + "%5s|%-5s|".format(1, 2) + "%%".format())
  println("%s %s %s %s".format(1.0, 'c', true, List(1)) + "%x %o".format(255.toByte, 8) + "%,.3f".format(1234.5) + "%b %b".format(null, "x"))
  println(String.format("%s-%05.1f", "k", 2.25))
  printf("%s has %d items for %.2f\n", "cart", 3, 9.99)
  attempt("%d".format("x"))
  attempt("%d".format(1.5))
  attempt("%f".format(1))
  attempt("%s %s".format(1))
  attempt("%q".format(1))
  attempt("%c".format("x"))
  attempt("%".format(1))
}
