// A default is chosen by the object's class.
class Base {
  def greet(name: String = "nobody"): String = s"hello $name"
}
class Polite extends Base {
  override def greet(name: String = "dear guest"): String = s"good evening $name"
}
class Quiet extends Base {
  override def greet(name: String): String = s"psst $name"
}

@main def run(): Unit = {
  val all: List[Base] = List(Base(), Polite(), Quiet())
  for b <- all do println(b.greet())
  for b <- all do println(b.greet("Ann"))
}
