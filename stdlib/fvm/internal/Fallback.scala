/** What a partial function gives where it is not defined, so that its guards run once. */
package fvm.internal

object Fallback {
  /** The value that stands for "not defined". */
  private object Missing

  /** The default for `applyOrElse`. */
  val function: Any => Any = (x: Any) => Missing

  /** Whether `applyOrElse` has taken the default. */
  def isMissing(result: Any): Boolean = result.isInstanceOf[Missing.type]
}
