import fvm.*

final class Members(val n: Int) extends Contract:
  lazy val later: Int = n + 1 //~ E0906

  def this() = this(1) //~ E0906

  private object Inner: //~ E0906
    val x = 1

trait HasStorage extends Contract:
  private var count: Int = 0 //~ E0906
