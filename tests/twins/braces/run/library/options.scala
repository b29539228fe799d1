// Option, Either, Try, PartialFunction, Function and scala.util.chaining.
import scala.util.{Try, Success, Failure}
import scala.util.chaining.*

def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

@main def options(): Unit = {
  val (some, none) = (Option(3), Option.empty[Int])
  println((some, none, some.get, some.isEmpty, some.isDefined, none.nonEmpty, some.getOrElse(0), none.getOrElse(7), some.orElse(Some(1)), none.orElse(Some(1))))
  println((some.map(_ + 1), none.map(_ + 1), some.flatMap(x => if x > 2 then Some(x) else None), some.filter(_ > 5), some.filterNot(_ > 5), some.fold("none")(_.toString), none.fold("none")(_.toString), some.collect { case 3 => "three" }))
  println((some.contains(3), some.exists(_ > 2), none.exists(_ > 2), none.forall(_ > 2), some.count(_ > 2), some.find(_ > 9), some.toList, none.toList, some.toRight("left"), none.toRight("left"), some.toLeft(1), some.iterator.toList, some.size))
  println((some.zip(Some("a")), some.zip(None), Option((1, "x")).unzip, Some(Some(1)).flatten, some.toSeq, some.knownSize, none.knownSize, some == Some(3), none == None, some.tapEach(print(_)), Option.when(true)(1), Option.unless(true)(1)))
  println((for x <- some; y <- Some(4) if y > x yield x * y, for x <- some; y <- none yield x * y, some.foldLeft(1)(_ + _), some.sum, some.max, List(some, none, Some(5)).flatten, some.mkString("<", ",", ">")))
  attempt(none.get)
  attempt(none.head)
  println((Option(null: String), some match { case Some(x) if x > 2 => x; case _ => 0 }, Some(1).value, some.hashCode == Some(3).hashCode))

  val (right, left) = (Right(3): Either[String, Int], Left("bad"): Either[String, Int])
  println((right, left, right.isRight, left.isLeft, right.map(_ + 1), left.map(_ + 1), right.flatMap(x => Left("no")), right.fold(_.length, _ * 2), left.fold(_.length, _ * 2), right.swap, left.swap))
  println((right.getOrElse(0), left.getOrElse(0), left.orElse(right), right.contains(3), right.exists(_ > 5), left.forall(_ > 5), right.filterOrElse(_ > 5, "small"), right.toOption, left.toOption, right.toSeq))
  println((left.left.map(_.length), right.left.getOrElse("z"), left.left.toOption, left.left.exists(_ == "bad"), Either.cond(true, 1, "no"), Either.cond(false, 1, "no"), Right(Right(2)).flatten))
  println((for x <- right; y <- Right(4) yield x + y, for x <- right; y <- left yield x + y, right match { case Right(n) => n; case Left(_) => -1 }, left.foreach(print(_))))

  val (ok, failed) = (Try("12".toInt), Try("x".toInt))
  println((ok, failed, ok.isSuccess, failed.isFailure, ok.get, failed.getOrElse(0), failed.orElse(Try(1)), ok.map(_ / 0), ok.flatMap(x => Try(x + 1)), failed.recover { case _: NumberFormatException => -1 }, failed.recoverWith { case _ => Try(9) }))
  println((ok.toOption, failed.toOption, failed.toEither.left.map(_.getMessage), ok.fold(_ => "bad", x => s"good $x"), ok.filter(_ > 20), ok.transform(x => Success(x * 2), e => Failure(e)), failed.failed.map(_.getMessage), ok.failed, ok.collect { case 12 => "twelve" }, Try(Try(1)).flatten))
  attempt(failed.get)
  attempt(Try(throw IllegalStateException("stop")).get)

  val halves: PartialFunction[Int, Int] = { case x if x % 2 == 0 => x / 2 }
  val big: PartialFunction[Int, String] = { case x if x > 100 => "big" }
  println((halves.isDefinedAt(3), halves(4), halves.lift(3), halves.lift(4), halves.orElse { case x => -x }(3), halves.andThen(_ + 1)(4), halves.applyOrElse(3, (x: Int) => x * 100), List(1, 2, 3, 4).collect(halves), List(1, 2).collectFirst(halves), big.orElse(halves.andThen(_.toString)).lift(8)))
  println((halves.runWith(print(_))(4), halves.compose((x: Int) => x + 1)(3), PartialFunction.cond(4) { case 4 => true }, PartialFunction.condOpt(4) { case 5 => 1 }, Seq(1, 2, 3).lift(5), Map(1 -> 2).lift(1), PartialFunction.empty[Int, Int].isDefinedAt(1), { case 1 => 2 }: PartialFunction[Int, Int]) match { case (a, b, c, d, e, f, g, _) => (a, b, c, d, e, f, g) })
  attempt(halves(3))
  val add = (a: Int, b: Int) => a + b
  println((Function.tupled(add)((1, 2)), Function.untupled(add.tupled)(1, 2), Function.const(5)("x"), add.curried(1)(2), Function.uncurried(add.curried)(1, 2), ((x: Int) => x + 1).andThen(_ * 2)(3), ((x: Int) => x + 1).compose((x: Int) => x * 2)(3), identity(4), Function.chain(List[Int => Int](_ + 1, _ * 2))(3)))
  println((5.pipe(_ + 1), 5.tap(x => print(s"[$x]")), List(1, 2).pipe(_.sum).tap(print(_))))
}
