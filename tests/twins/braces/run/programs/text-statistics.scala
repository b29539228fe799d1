// Counting words, sentences and letters of a text, with a histogram and a concordance.
object TextStatistics {
  val text: String =
    """The hare laughed at the tortoise for being slow.
      |"Do you ever get anywhere?" he asked with a mocking laugh.
      |"Yes," replied the tortoise, "and I get there sooner than you think.
      |I will run you a race and prove it." The hare was much amused at the idea
      |of running a race with the tortoise, but for the fun of it he agreed.""".stripMargin

  def words(s: String): List[String] =
    s.toLowerCase.map(c => if c.isLetter then c else ' ').split(" ").toList.filter(_.nonEmpty)

  def sentences(s: String): List[String] = {
    def loop(rest: String, current: String, acc: List[String]): List[String] =
      if rest.isEmpty then (if current.trim.isEmpty then acc else current.trim :: acc).reverse
      else if ".?!".contains(rest.head) then loop(rest.tail, "", (current + rest.head).trim :: acc)
      else loop(rest.tail, current + rest.head, acc)
    loop(s.replace("\n", " ").replace("\"", ""), "", Nil)
  }

  def frequencies[A](items: List[A]): Map[A, Int] =
    items.foldLeft(Map.empty[A, Int])((m, a) => m.updated(a, m.getOrElse(a, 0) + 1))

  def top(counts: Map[String, Int], n: Int): List[(String, Int)] =
    counts.toList.sortBy((w, c) => (-c, w)).take(n)

  def histogram(counts: Map[Int, Int]): String =
    counts.toList.sortBy(_._1).map((length, n) => s"${if length < 10 then " " else ""}$length ${"#" * n} $n").mkString("\n")

  def concordance(s: String): Map[String, List[Int]] = {
    val numbered = s.linesIterator.toList.zipWithIndex
    val pairs =
      for {
        (line, i) <- numbered
        w <- words(line)
      }
      yield (w, i + 1)
    pairs.groupMap(_._1)(_._2).map((w, lines) => w -> lines.distinct)
  }

  def wrap(s: String, width: Int): List[String] =
    s.replace("\n", " ").split(" ").foldLeft(List.empty[String]) { (lines, word) =>
      lines match {
        case current :: rest if current.length + 1 + word.length <= width => (current + " " + word) :: rest
        case _                                                            => word :: lines
      }
    }.reverse
}

@main def run(): Unit = {
  import TextStatistics.*
  val ws = words(text)
  println(s"${ws.length} words, ${ws.distinct.length} different, ${text.count(_.isLetter)} letters")
  println(sentences(text).map(_.length))
  println(sentences(text).last)
  println(top(frequencies(ws), 6))
  println(histogram(frequencies(ws.map(_.length))))
  val lines = concordance(text)
  println(List("the", "hare", "race", "you").map(w => s"$w: ${lines(w).mkString(",")}"))
  println(lines.size)
  println(frequencies(text.filter(_.isLetter).toLowerCase.toList).toList.sortBy((c, n) => (-n, c)).take(5))
  println(ws.maxBy(_.length))
  println(wrap(text, 40).map(_.length))
  println(wrap(text, 40).head)
  println(ws.sliding(2).map(_.mkString(" ")).toList.groupBy(identity).filter(_._2.length > 1).keys.toList.sorted)
}
