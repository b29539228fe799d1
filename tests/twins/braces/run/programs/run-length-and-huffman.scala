// Two codes: run lengths, and Huffman trees with encoding and decoding.
object RunLength {
  def encode(s: String): String = {
    def loop(rest: List[Char], acc: List[(Char, Int)]): List[(Char, Int)] = (rest, acc) match {
      case (Nil, _)                             => acc.reverse
      case (c :: more, (d, n) :: done) if c == d => loop(more, (d, n + 1) :: done)
      case (c :: more, _)                       => loop(more, (c, 1) :: acc)
    }
    loop(s.toList, Nil).map((c, n) => if n == 1 then c.toString else s"$n$c").mkString
  }

  def decode(s: String): String = {
    val (text, pending) = s.foldLeft(("", 0)) { case ((out, n), c) =>
      if c.isDigit then (out, n * 10 + c.asDigit)
      else (out + c.toString * math.max(n, 1), 0)
    }
    require(pending == 0, "ends in a number")
    text
  }
}

sealed trait Tree {
  def weight: Int
  def symbols: String
}
case class Leaf(symbol: Char, weight: Int) extends Tree {
  def symbols: String = symbol.toString
}
case class Fork(left: Tree, right: Tree) extends Tree {
  val weight: Int = left.weight + right.weight
  val symbols: String = left.symbols + right.symbols
}

object Huffman {
  def tree(text: String): Option[Tree] = {
    val leaves = text.groupBy(identity).map((c, s) => Leaf(c, s.length)).toList.sortBy(l => (l.weight, l.symbol))
    def insert(t: Tree, ts: List[Tree]): List[Tree] = {
      val (lighter, heavier) = ts.span(_.weight <= t.weight)
      lighter ::: t :: heavier
    }
    def join(ts: List[Tree]): Option[Tree] = ts match {
      case Nil            => None
      case t :: Nil       => Some(t)
      case a :: b :: rest => join(insert(Fork(a, b), rest))
    }
    join(leaves)
  }

  def codes(t: Tree): Map[Char, String] = t match {
    case Leaf(c, _) => Map(c -> "0")
    case _ =>
      def walk(t: Tree, path: String): List[(Char, String)] = t match {
        case Leaf(c, _) => List(c -> path)
        case Fork(l, r) => walk(l, path + "0") ::: walk(r, path + "1")
      }
      walk(t, "").toMap
  }

  def encode(text: String, codes: Map[Char, String]): String = text.map(codes).mkString

  def decode(bits: String, t: Tree): String = t match {
    case Leaf(c, _) => bits.map(_ => c)
    case root =>
      def loop(i: Int, at: Tree, acc: StringBuilder): String = at match {
        case Leaf(c, _)                 => loop(i, root, acc.append(c))
        case Fork(_, _) if i == bits.length => acc.toString
        case Fork(l, r)                 => loop(i + 1, if bits(i) == '0' then l else r, acc)
      }
      loop(0, root, new StringBuilder)
  }
}

@main def run(): Unit = {
  val samples = List("WWWWBWWWBBBBW", "abc", "", "zzzzzzzzzzzz", "a  b")
  for s <- samples do {
    val e = RunLength.encode(s)
    println(s"'$s' '$e' ${RunLength.decode(e) == s}")
  }
  val text = "she sells sea shells by the sea shore"
  Huffman.tree(text) match {
    case None => println("nothing")
    case Some(t) =>
      val codes = Huffman.codes(t)
      val bits = Huffman.encode(text, codes)
      println(s"${t.weight} symbols, ${bits.length} bits")
      println(codes.toList.sortBy((c, code) => (code.length, c)).map((c, code) => s"$c$code").mkString(" "))
      println(Huffman.decode(bits, t) == text)
      println(bits.take(24))
      println(t.symbols)
  }
  println(Huffman.tree("").isEmpty)
  println(Huffman.tree("aaaa").map(t => Huffman.decode(Huffman.encode("aaaa", Huffman.codes(t)), t)))
}
