// Short circuits, and operators on Boolean that evaluate both sides.
@main def run(): Unit = {
  def say(name: String, value: Boolean): Boolean = {
    print(name + " ")
    value
  }
  println(say("a", false) && say("b", true))
  println(say("a", true) || say("b", false))
  println(say("a", false) & say("b", true))
  println(say("a", true) | say("b", false))
  println(say("a", true) ^ say("b", true))
  println(!say("a", true))
  println(say("a", true) == say("b", false))
  println(say("a", true) != say("b", false))
  println(say("a", true) && say("b", false) || say("c", true))
}
