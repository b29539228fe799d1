// Bounds and opaque types lead to something.
def f[A <: B, B <: C, C <: A](a: A): Int = 1 //~ E0208
class Both[A <: B, B <: A] //~ E0208

object Hidden:
  opaque type One = Two //~ E0208
  opaque type Two = One
  opaque type Long = List[Long] //~ E0208
