/** Printing, under the name that long programs use for it. */
package scala

/** The output of the local runner. */
object Console {
  def print(x: Any): Unit = Predef.print(x)
  def println(): Unit = Predef.println()
  def println(x: Any): Unit = Predef.println(x)
}
