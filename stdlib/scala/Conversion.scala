/** Conversions that the compiler applies by itself where a `given` one makes a value fit. */
package scala

/** A conversion of values of one type to another one. */
abstract class Conversion[-T, +U] extends Function1[T, U] { self =>
  /** The converted value. */
  def apply(x: T): U

  extension (x: T) {
    /** The converted value, by the conversion in scope. */
    def convert: U = self.apply(x)
  }
}
