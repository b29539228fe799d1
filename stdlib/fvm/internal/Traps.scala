/** Traps as the exceptions that real Scala throws in their place. */
package fvm.internal

object Traps {
  /** The exception for a trap code; `detail` says more, in a way of its own for each code. */
  def throwable(code: Int, detail: Any): Throwable = code match {
    case 2 => new ArithmeticException("/ by zero")
    case 3 => indexOutOfBounds(detail)
    case 4 => new ClassCastException(message(detail))
    case 5 => new NullPointerException(message(detail))
    case 6 => new ArithmeticException("out of range")
    case 7 => numberFormat(detail)
    case 8 => new NegativeArraySizeException(message(detail))
    case 9 => new MatchError(detail)
    case 10 => new IllegalArgumentException("malformed text")
    case 11 => new AbstractMethodError(message(detail))
    case 12 => new IllegalArgumentException("malformed data")
    case 13 => new IllegalStateException("an initialisation depends on itself")
    case 14 => new UnsupportedOperationException(message(detail))
    case 15 => new IllegalStateException("the host refused")
    case _ => new InternalError("trap " + code)
  }

  /** No case of a match took the value. */
  def noMatch(value: Any): Nothing = throw new MatchError(value)

  private def message(detail: Any): String = if (AnyOps.isNull(detail)) null else AnyOps.text(detail)

  /** An array, a string or a part of one: the machine's text tells. */
  private def indexOutOfBounds(detail: Any): Throwable = {
    val text = message(detail)
    if (AnyOps.isNull(text)) new IndexOutOfBoundsException()
    else if (text.startsWith("Index ")) new ArrayIndexOutOfBoundsException(text)
    else new StringIndexOutOfBoundsException(text)
  }

  private def numberFormat(detail: Any): Throwable = new NumberFormatException(message(detail))
}
