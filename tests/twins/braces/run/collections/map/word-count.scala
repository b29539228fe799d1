// Counting words: the classic use of a map.
object Main {
  def count(text: String): Map[String, Int] =
    text.toLowerCase
      .split(" ")
      .map(_.filter(_.isLetter))
      .filter(_.nonEmpty)
      .foldLeft(Map.empty[String, Int])((m, w) => m + (w -> (m.getOrElse(w, 0) + 1)))

  def main(args: Array[String]): Unit = {
    val counts = count("It was the best of times, it was the worst of times.")
    println(counts)
    println(counts.toList.sortBy((w, n) => (-n, w)))
    println(counts.values.max)
    println(counts.filter(_._2 > 1).keys.toList.sorted)
    println(counts.getOrElse("best", 0))
    println(counts.map((w, n) => n -> w).size)
  }
}
