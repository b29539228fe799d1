// Caesar, Atbash, run lengths, acronyms, isograms, anagrams.
object Main {
  def atbash(s: String): String =
    s.toLowerCase.filter(_.isLetterOrDigit).map(c => if c.isLetter then ('z' - (c - 'a')).toChar else c).grouped(5).mkString(" ")
  def acronym(s: String): String =
    s.replace('-', ' ').split(" ").filter(_.nonEmpty).map(_.head.toUpper).mkString
  def isIsogram(s: String): Boolean = {
    val letters = s.toLowerCase.filter(_.isLetter)
    letters.distinct.length == letters.length
  }
  def anagrams(word: String, words: List[String]): List[String] =
    words.filter(w => w.toLowerCase != word.toLowerCase && w.toLowerCase.sorted == word.toLowerCase.sorted)
  def luhn(s: String): Boolean = {
    val digits = s.filter(_ != ' ')
    digits.length > 1 && digits.forall(_.isDigit) && digits.reverse.zipWithIndex.map { (c, i) =>
      val d = c.asDigit
      if i % 2 == 0 then d else if d > 4 then d * 2 - 9 else d * 2
    }.sum % 10 == 0
  }
  def main(args: Array[String]): Unit = {
    println(atbash("The quick brown fox 42"))
    println(acronym("Portable Network-Graphics"))
    println(List("lumberjacks", "isograms", "six-year-old").map(isIsogram))
    println(anagrams("listen", List("enlists", "google", "inlets", "Silent", "Listen")))
    println(List("4539 3195 0343 6467", "8273 1232 7352 0569", "0").map(luhn))
  }
}
