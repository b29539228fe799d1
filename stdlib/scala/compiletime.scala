/** What only the compiler gives a meaning. */
package scala.compiletime

/** The first value of a variable without one: zero, `false` or `null`. */
def uninitialized: Nothing = throw new NotImplementedError("only a variable's first value can be `uninitialized`")
