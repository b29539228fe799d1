// By-name arguments run at each use; lambdas capture variables; for makes a new one each turn.
def twice[A](a: => A): (A, A) = (a, a)
def never(a: => Int): Int = 0

@main def run(): Unit = {
  var n = 0
  println(twice { n += 1; n })
  println(never { n += 100; n })
  println(n)
  val fs = for i <- List(1, 2, 3) yield () => i
  println(fs.map(_()))
  var gs = List[() => Int]()
  var j = 0
  while j < 3 do {
    gs = (() => j) :: gs
    j += 1
  }
  println(gs.map(_()))
  var hs = List[() => Int]()
  j = 0
  while j < 3 do {
    val k = j
    hs = (() => k) :: hs
    j += 1
  }
  println(hs.map(_()))
  val counter = { var c = 0; () => { c += 1; c } }
  println(counter() + counter() * 10)
  def passOn(a: => Int): (Int, Int) = twice(a)
  println(passOn { n += 1; n })
}
