// The way may lead through an object outside of the contract, and local functions.
import fvm.*

object Tools:
  def times(n: Int)(body: => Unit): Unit =
    var i = 0
    while i < n do
      body
      i += 1

final class Bell extends Contract:
  private var rings: Int = 0

  @entry
  def ring(k: Int): Unit can Read =
    def once(): Unit = rings = rings + 1
    Tools.times(k)(once()) //~ E0501
