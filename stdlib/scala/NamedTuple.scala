/** Tuples whose elements have names. The compiler knows the names; at run time such a tuple is that of its values. */
package scala

object NamedTuple {
  /** `(name: String, age: Int)`, with the names as a tuple of literal types. */
  opaque type NamedTuple[N <: Tuple, +V <: Tuple] = V
}
