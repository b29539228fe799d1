object Lambdas {
  val a = xs.map { x => x + 1 }
  val b = xs.foldLeft(0) { (sum, x) => val next = sum + x; next }
  val c = xs.map { x => { x * 2 } }.filter { _ > 3 }.sum
  val d = f(x => { log(x); x }, y => y)
  val e = (x: Int, y: Int) => { val z = x; z + y }
  val g = run { val x = 1; x } { 2 }
  val h = xs.map { case (k, v) => k -> v }
  val i = outer { inner { x => g(x); h(x) } }
}
