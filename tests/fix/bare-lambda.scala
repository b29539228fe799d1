def doubled(xs: List[Int]): List[Int] = xs.map { x: Int => x * 2 }
