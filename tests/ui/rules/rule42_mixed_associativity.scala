// Operators of one precedence group in one direction.
val xs = List(1) :+ 2 :: Nil //~ E0109
