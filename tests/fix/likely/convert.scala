def half(n: Long): Int = n / 2
def text(n: Int): String = n
def some(n: Int): Option[Int] = n
