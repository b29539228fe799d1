// Exception classes of our own, rethrown and wrapped.
class AppError(message: String) extends Exception(message)
class NotFound(val key: String) extends AppError(s"$key not found")
class Denied(val user: String, val level: Int) extends AppError(s"$user needs level $level")

@main def run(): Unit = {
  def open(user: String, key: String): String =
    if key == "none" then throw NotFound(key)
    else if user != "root" then throw Denied(user, 5)
    else s"opened $key"
  def handle(user: String, key: String): String =
    try open(user, key)
    catch {
      case d: Denied if d.level > 9 => "never"
      case d: Denied                => s"denied to ${d.user}"
      case e: AppError              => s"error: ${e.getMessage}"
    }
  println(handle("root", "door"))
  println(handle("ann", "door"))
  println(handle("root", "none"))
  val nested =
    try
      try open("ann", "x")
      catch case e: NotFound => "not reached"
    catch case e: Exception => "outer: " + e.getMessage
  println(nested)
}
