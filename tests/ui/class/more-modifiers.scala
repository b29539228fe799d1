// Modifiers and annotations where they mean nothing; a path that is no value.
class Inlined(inline val number: Int) //~ E0212

@scala.annotation.tailrec inline def loop(n: Int): Int = n //~ E0212

opaque type Hidden //~ E0331

def byName(value: => Int): value.type = ??? //~ E0309
