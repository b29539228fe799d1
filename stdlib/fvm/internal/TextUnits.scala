/** UTF-16 units in arrays; linear in their number. */
package fvm.internal

object TextUnits {
  @intrinsic("string.from_chars") def text(units: Array[Char], from: Int, count: Int): String
  @intrinsic("string.copy_chars") def write(text: String, units: Array[Char], at: Int): Unit
  @intrinsic("array.copy") def copy(from: Array[Char], at: Int, to: Array[Char], start: Int, count: Int): Unit
}
