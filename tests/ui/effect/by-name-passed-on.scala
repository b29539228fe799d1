// A by-name argument that is passed on is evaluated further inside.
import fvm.*

final class Named extends Contract:
  private var names: Map[Int, String] = Map.empty
  private var asked: Int              = 0

  private def name(k: Int, other: => String): String can Read = names.getOrElse(k, other)

  private def twice(k: Int, other: => String): String can Read = name(k, other) + name(k, other)

  @entry
  def fixed(k: Int): String can Read = twice(k, "none")

  @entry
  def counting(k: Int): String can Read =
    twice(k, { asked = asked + 1; "none" }) //~ E0501
