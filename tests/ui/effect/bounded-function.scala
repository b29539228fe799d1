// A row on a function parameter bounds the argument.
import fvm.*

final class Bounded extends Contract:
  private var n: Int = 0

  private def apply(f: Int => Int can Read): Int = f(1)

  @entry
  def good(): Int can Read = apply(x => x + n)

  @entry
  def bad(): Int can Write =
    apply(x => { n = x; x }) //~ E0505
