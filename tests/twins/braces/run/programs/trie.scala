// A trie: insertion, lookup, completion, deletion, longest prefix and counting.
case class Trie(end: Int = 0, children: Map[Char, Trie] = Map.empty) {
  def insert(word: String): Trie = add(word.toList)

  private def add(chars: List[Char]): Trie = chars match {
    case Nil       => copy(end = end + 1)
    case c :: rest => copy(children = children.updated(c, children.getOrElse(c, Trie()).add(rest)))
  }

  def find(prefix: String): Option[Trie] =
    prefix.foldLeft(Option(this))((t, c) => t.flatMap(_.children.get(c)))

  def count(word: String): Int = find(word).map(_.end).getOrElse(0)
  def contains(word: String): Boolean = count(word) > 0

  def words: List[String] = all("")

  private def all(prefix: String): List[String] = {
    val here = List.fill(end)(prefix)
    val below = children.toList.sortBy(_._1).flatMap((c, t) => t.all(prefix + c))
    here ::: below
  }

  def complete(prefix: String): List[String] = find(prefix).map(_.all(prefix)).getOrElse(Nil)

  def isEmpty: Boolean = end == 0 && children.isEmpty

  def remove(word: String): Trie = cut(word.toList)

  private def cut(chars: List[Char]): Trie = chars match {
    case Nil => if end > 0 then copy(end = end - 1) else this
    case c :: rest =>
      children.get(c) match {
        case None => this
        case Some(t) =>
          val smaller = t.cut(rest)
          if smaller.isEmpty then copy(children = children.removed(c))
          else copy(children = children.updated(c, smaller))
      }
  }

  def longestPrefix(text: String): String = {
    def loop(t: Trie, i: Int, best: Int): Int = {
      val here = if t.end > 0 then i else best
      if i == text.length then here
      else
        t.children.get(text(i)) match {
          case Some(next) => loop(next, i + 1, here)
          case None       => here
        }
    }
    text.take(loop(this, 0, 0))
  }

  def nodes: Int = 1 + children.values.map(_.nodes).sum

  def withinOneChange(word: String): List[String] = {
    def loop(t: Trie, left: String, changes: Int, prefix: String): List[String] =
      if left.isEmpty then if t.end > 0 then List(prefix) else Nil
      else
        t.children.toList.sortBy(_._1).flatMap { (c, next) =>
          val cost = if c == left.head then 0 else 1
          if changes + cost > 1 then Nil else loop(next, left.tail, changes + cost, prefix + c)
        }
    loop(this, word, 0, "")
  }
}

object Trie {
  def from(words: String*): Trie = words.foldLeft(Trie())(_.insert(_))
}

@main def run(): Unit = {
  val t = Trie.from("car", "card", "care", "cat", "dog", "do", "car", "bar", "bat")
  println(t.words)
  println(t.complete("car"))
  println(t.complete("x"))
  println(List("car", "ca", "dog", "dogs").map(t.contains))
  println(t.count("car"))
  println(t.nodes)
  println(t.longestPrefix("cardinal"))
  println(t.longestPrefix("zebra").isEmpty)
  val smaller = t.remove("card").remove("dog").remove("nothing")
  println(smaller.words)
  println(smaller.nodes)
  println(t.withinOneChange("cat"))
  println(t.words.foldLeft(t)(_.remove(_)).isEmpty)
}
