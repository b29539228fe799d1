def total(count: Int, price: Lnog): Long =
  val sum = cuont * price
  println(sum.toStrin)
  sum
