// Knapsack, edit distance, longest common subsequence, coin change, rod cutting.
case class Item(name: String, weight: Int, value: Int)

object Dynamic {
  /** The best value for every capacity, item by item, and the items that give it. */
  def knapsack(items: List[Item], capacity: Int): (Int, List[String]) = {
    val start = Vector.fill(capacity + 1)((0, List.empty[String]))
    val table = items.foldLeft(start) { (row, item) =>
      Vector.tabulate(capacity + 1) { c =>
        if item.weight > c then row(c)
        else {
          val (v, names) = row(c - item.weight)
          if v + item.value > row(c)._1 then (v + item.value, item.name :: names) else row(c)
        }
      }
    }
    val (best, names) = table(capacity)
    (best, names.reverse)
  }

  def editDistance(a: String, b: String): Int = {
    val first = Vector.range(0, b.length + 1)
    a.foldLeft(first) { (above, ca) =>
      b.indices.foldLeft(Vector(above(0) + 1)) { (row, j) =>
        val substitute = above(j) + (if b(j) == ca then 0 else 1)
        row :+ math.min(substitute, math.min(above(j + 1), row(j)) + 1)
      }
    }.last
  }

  def commonSubsequence(a: String, b: String): String = {
    var table = Map.empty[(Int, Int), String]
    def solve(i: Int, j: Int): String =
      if i == a.length || j == b.length then ""
      else
        table.get((i, j)) match {
          case Some(s) => s
          case None =>
            val result =
              if a(i) == b(j) then a(i).toString + solve(i + 1, j + 1)
              else {
                val x = solve(i + 1, j)
                val y = solve(i, j + 1)
                if x.length >= y.length then x else y
              }
            table = table.updated((i, j), result)
            result
        }
    solve(0, 0)
  }

  def change(coins: List[Int], amount: Int): Option[List[Int]] = {
    val best = (1 to amount).foldLeft(Vector[Option[List[Int]]](Some(Nil))) { (known, n) =>
      val options =
        for {
          c <- coins
          if c <= n
          rest <- known(n - c)
        }
        yield c :: rest
      known :+ options.minByOption(_.length)
    }
    best(amount).map(_.sorted)
  }

  def ways(coins: List[Int], amount: Int): Long =
    coins.foldLeft(1L +: Vector.fill(amount)(0L)) { (ways, c) =>
      (c to amount).foldLeft(ways)((w, n) => w.updated(n, w(n) + w(n - c)))
    }(amount)

  def increasing(xs: List[Int]): List[Int] =
    xs.foldLeft(List.empty[List[Int]]) { (chains, x) =>
      val longest = chains.filter(_.head < x).maxByOption(_.length).getOrElse(Nil)
      (x :: longest) :: chains
    }.maxByOption(_.length).getOrElse(Nil).reverse
}

@main def run(): Unit = {
  import Dynamic.*
  val items = List(Item("map", 9, 150), Item("water", 153, 200), Item("compass", 13, 35), Item("tent", 150, 160), Item("cheese", 23, 60), Item("camera", 32, 30))
  println(knapsack(items, 60))
  println(knapsack(items, 200))
  println(knapsack(Nil, 10))
  println(List(("kitten", "sitting"), ("", "abc"), ("flaw", "lawn"), ("same", "same")).map(editDistance))
  println(commonSubsequence("AGGTABXYZ", "GXTXAYBZ"))
  println(commonSubsequence("abc", "xyz").isEmpty)
  println(change(List(1, 5, 10, 21, 25), 63))
  println(change(List(4, 6), 9))
  println(ways(List(1, 5, 10, 25, 50), 100))
  println(increasing(List(3, 10, 2, 1, 20, 4, 6, 9)))
}
