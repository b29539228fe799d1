def length(xs: List[Int]): Int = xs size
