// A class of Java has static members, but no object.
val text = String.valueOf(1)
val number = Math.max(1, 2)
val a = String //~ E0309
val b = Math //~ E0309
def c: Any = java.lang.Long //~ E0309
