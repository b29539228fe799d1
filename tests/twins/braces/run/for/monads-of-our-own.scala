// A state-passing type used with for.
case class State[S, A](run: S => (A, S)) {
  def map[B](f: A => B): State[S, B] = State { s =>
    val (a, next) = run(s)
    (f(a), next)
  }
  def flatMap[B](f: A => State[S, B]): State[S, B] = State { s =>
    val (a, next) = run(s)
    f(a).run(next)
  }
}

def fresh: State[Int, Int] = State(n => (n, n + 1))

@main def run(): Unit = {
  val program =
    for {
      a <- fresh
      b <- fresh
      c <- fresh
    }
    yield List(a, b, c)
  println(program.run(10)._1)
  println(program.run(10)._2)
  def label(words: List[String]): State[Int, List[String]] = words match {
    case Nil => State(n => (Nil, n))
    case w :: rest =>
      for {
        n <- fresh
        more <- label(rest)
      }
      yield s"$n:$w" :: more
  }
  println(label(List("a", "b", "c")).run(1))
}
