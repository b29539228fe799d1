import fvm.*

final class Counter extends Contract:
  private var n: Int = 0

  @entry
  def add(): Unit = n = n + 1 //~ W0501

  @view
  def get: Int = n //~ W0501

  private def helper(): Unit = n = 0
