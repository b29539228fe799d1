// Building text in a loop and through recursion.
object Main:
  def table(rows: List[List[String]]): String =
    val widths = rows.transpose.map(_.map(_.length).max)
    val sb = new StringBuilder
    for row <- rows do
      for (cell, width) <- row.zip(widths) do
        sb.append(cell)
        sb.append(" " * (width - cell.length + 1))
      sb.append("|\n")
    sb.toString

  def binary(n: Int): String =
    def go(n: Int, sb: StringBuilder): StringBuilder =
      if n < 2 then sb.append(n) else go(n / 2, sb).append(n % 2)
    go(n, new StringBuilder).toString

  def main(args: Array[String]): Unit =
    print(table(List(List("name", "age"), List("Ada", "36"), List("Charles", "79"))))
    println(binary(10))
    println(binary(255))
    println(binary(0))
