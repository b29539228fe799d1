// A self type asks for another trait without inheriting it.
trait Storage {
  def load(key: String): Option[Int]
}
trait Cache {
  this: Storage =>
  private var cached: Map[String, Int] = Map.empty
  def get(key: String): Option[Int] =
    cached.get(key) match {
      case Some(v) =>
        println(s"cached $key")
        Some(v)
      case None =>
        val found = load(key)
        found.foreach(v => cached = cached.updated(key, v))
        found
    }
}
class Table extends Storage, Cache {
  def load(key: String): Option[Int] = {
    println(s"load $key")
    if key.isEmpty then None else Some(key.length)
  }
}

@main def run(): Unit = {
  val t = Table()
  println(t.get("abc"))
  println(t.get("abc"))
  println(t.get(""))
  println(t.get(""))
}
