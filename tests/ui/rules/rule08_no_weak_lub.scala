// Variables of different numeric types have no common numeric type.
val n = 1
val mixed = List(n, 2.0)
val sum: List[Double] = mixed //~ E0301
