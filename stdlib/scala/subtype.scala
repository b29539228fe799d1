/** Evidence that one type is another or is below it. */
package scala

/** Evidence that `From` is a subtype of `To`; as a function it changes nothing. */
sealed abstract class <:<[-From, +To] extends Function1[From, To]

/** Evidence that both types are the same. */
sealed abstract class =:=[From, To] extends <:<[From, To]

object <:< {
  private final class Same[A] extends =:=[A, A] {
    def apply(x: A): A = x
  }

  /** Every type is itself. */
  given refl[A]: =:=[A, A] = new Same[A]()
}
