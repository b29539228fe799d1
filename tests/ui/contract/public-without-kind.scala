import fvm.*

final class Counter extends Contract:
  private var count: Int = 0

  def add(n: Int): Unit = count = count + n //~ E0902

  protected def twice(n: Int): Int = n + n

  @view
  def get: Int can Read = count
