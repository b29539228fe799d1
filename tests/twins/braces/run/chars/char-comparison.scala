// Characters compare by their code, also with Int.
@main def run(): Unit = {
  println('a' < 'b')
  println('Z' < 'a')
  println('a' == 97)
  println('a' != 'A')
  println('a'.compare('c') < 0)
  println('a' max 'b')
  val vowels = "aeiou"
  println("programming".filter(c => vowels.contains(c)))
  println("programming".count(_ == 'm'))
  println("hello".map(c => if c == 'l' then 'L' else c))
  val digit = '7' match {
    case c if c >= '0' && c <= '9' => c - '0'
    case _                         => -1
  }
  println(digit)
}
