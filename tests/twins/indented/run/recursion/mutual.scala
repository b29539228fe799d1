// Functions that call one another.
object Main:
  def isEven(n: Int): Boolean = if n == 0 then true else isOdd(n - 1)
  def isOdd(n: Int): Boolean = if n == 0 then false else isEven(n - 1)

  sealed trait Json
  case class Num(n: Int) extends Json
  case class Arr(items: List[Json]) extends Json
  case class Obj(fields: List[(String, Json)]) extends Json

  def show(j: Json): String = j match
    case Num(n)    => n.toString
    case Arr(js)   => showAll(js)
    case Obj(kvs)  => kvs.map((k, v) => s"$k:${show(v)}").mkString("{", ",", "}")
  def showAll(js: List[Json]): String = js.map(show).mkString("[", ",", "]")

  def main(args: Array[String]): Unit =
    println(isEven(500))
    println(isOdd(777))
    println(show(Obj(List("a" -> Num(1), "b" -> Arr(List(Num(2), Arr(Nil)))))))
