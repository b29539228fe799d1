// A small string algorithm: palindromes and the longest common prefix.
object Main:
  def isPalindrome(text: String): Boolean =
    val letters = text.toLowerCase.filter(_.isLetter)
    letters == letters.reverse

  def commonPrefix(a: String, b: String): String =
    a.zip(b).takeWhile((x, y) => x == y).map(_._1).mkString

  def main(args: Array[String]): Unit =
    println(isPalindrome("A man, a plan, a canal: Panama"))
    println(isPalindrome("Scala"))
    println(commonPrefix("interview", "internet"))
    println(commonPrefix("abc", "xyz") == "")
    println(List("flower", "flow", "flight").reduce(commonPrefix))
