// What is missing lies inside of another value.
def f(x: Option[Boolean]): Int = x match //~ E0410
  case None       => 0
  case Some(true) => 1
