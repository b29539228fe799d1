object Control {
  def sign(x: Int): Int = if (x < 0) { -1 } else if (x == 0) { 0 } else { 1 }
  def loop(n: Int): Int = {
    var i = 0
    var sum = 0
    while (i < n) { sum += i; i += 1 }
    sum
  }
  def safe(f: () => Int): Int = {
    try { f() } catch { case e: Failure => log(e); 0 } finally { close() }
  }
  def early(xs: List[Int]): Int = {
    if (xs.isEmpty) { return 0 }
    if (xs.size > 3) { throw new Failure("long") } else { xs.head }
  }
}
