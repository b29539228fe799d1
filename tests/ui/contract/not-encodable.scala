import fvm.*

final class Stores(val f: Int => Int) extends Contract: //~ E0801
  private var rate: Double = 0.5 //~ E0801 W0702
  private var anything: Any = 1 //~ E0801
  private var table: Array[Int] = Array(1) //~ E0801
  private var plain: Stores.Plain = new Stores.Plain //~ E0801
  private var nested: List[Option[Double]] = Nil //~ E0801

  @entry
  def give(x: Float): Unit can Pure = () //~ E0801

  @view
  def read: Iterator[Int] can Pure = Iterator(1) //~ E0801

object Stores:
  class Plain
