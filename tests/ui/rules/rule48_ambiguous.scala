// Overloads that fit equally well.
def f(a: Int, b: Any) = 1
def f(a: Any, b: Int) = 2
val x = f(1, 2) //~ E0303
val y = f("a", 2)
