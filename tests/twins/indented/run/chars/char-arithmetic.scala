// Arithmetic on characters gives Int; `.toChar` comes back.
object Main:
  def rotate(c: Char, by: Int): Char =
    if c >= 'a' && c <= 'z' then ((c - 'a' + by) % 26 + 'a').toChar
    else if c >= 'A' && c <= 'Z' then ((c - 'A' + by) % 26 + 'A').toChar
    else c

  def main(args: Array[String]): Unit =
    println('a' + 1)
    println(('a' + 1).toChar)
    println('z' - 'a')
    println("Hello, World".map(c => rotate(c, 13)))
    println("Uryyb, Jbeyq".map(rotate(_, 13)))
    println(('a' to 'e').toList)
    println(('a' to 'z' by 5).mkString)
    println(('a' until 'd').map(_.toInt))
    var c = 'x'
    c = (c + 1).toChar
    println(c)
