// Literal patterns of every kind.
@main def run(): Unit = {
  def int(n: Int): String = n match {
    case 0           => "zero"
    case 1           => "one"
    case -1          => "minus one"
    case 2147483647  => "max"
    case _           => "other"
  }
  println(List(0, 1, -1, Int.MaxValue, 7).map(int))
  def string(s: String): Int = s match {
    case ""     => 0
    case "one"  => 1
    case "two"  => 2
    case _      => -1
  }
  println(List("", "one", "two", "three").map(string))
  def char(c: Char): String = c match {
    case 'a' | 'e' | 'i' | 'o' | 'u' => "vowel"
    case 'y'                         => "perhaps"
    case _                           => "consonant"
  }
  println("hey you".filter(_ != ' ').map(char).toList)
  def boolean(b: Boolean): String = b match {
    case true  => "yes"
    case false => "no"
  }
  println(boolean(1 < 2) + boolean(1 > 2))
  def long(n: Long): String = n match {
    case 0L          => "zero"
    case 5000000000L => "five billion"
    case _           => "other"
  }
  println(long(5000000000L) + long(1L))
}
