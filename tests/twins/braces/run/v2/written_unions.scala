// A union that is written stands; it is not replaced by the class above its parts.
type Level = 1 | 2

def pick(x: Int | String): Int | String = x

@main def main(): Unit = {
  val level = 1: Level
  val again: Level = level
  println(again)
  val either = pick("text")
  val same: Int | String = either
  println(same)
}
