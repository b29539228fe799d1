// Steps that stop at the first failure.
object Main:
  case class Order(item: String, count: Int, cents: Int)

  def item(fields: Map[String, String]): Either[String, String] =
    fields.get("item").filter(_.nonEmpty).toRight("no item")

  def number(fields: Map[String, String], key: String): Either[String, Int] =
    for
      text <- fields.get(key).toRight(s"no $key")
      n <- text.toIntOption.toRight(s"$key is not a number: $text")
      positive <- if n > 0 then Right(n) else Left(s"$key must be positive")
    yield positive

  def order(fields: Map[String, String]): Either[String, Order] =
    for
      i <- item(fields)
      c <- number(fields, "count")
      p <- number(fields, "cents")
    yield Order(i, c, p)

  def main(args: Array[String]): Unit =
    println(order(Map("item" -> "pen", "count" -> "3", "cents" -> "120")))
    println(order(Map("count" -> "3", "cents" -> "120")))
    println(order(Map("item" -> "pen", "count" -> "three", "cents" -> "120")))
    println(order(Map("item" -> "pen", "count" -> "3")))
    println(order(Map("item" -> "pen", "count" -> "0", "cents" -> "5")))
