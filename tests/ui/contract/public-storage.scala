import fvm.*

final class Counter(val owner: Address) extends Contract:
  var count: Int = 0 //~ E0901
  private var hidden: Int = 0

  @entry
  def add(n: Int): Unit can Write =
    count = count + n
    hidden = hidden + 1
