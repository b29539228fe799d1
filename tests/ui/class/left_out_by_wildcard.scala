// What Scala's package has and ours has not is outside the subset; what neither has is unknown.
import scala.collection.immutable.*
import scala.util.*

val list = ListSet(1) //~ E1060
val amount: BigDecimal = ??? //~ E1060
val roll = Random.nextInt(6) //~ E1060
val other = ListSett(1) //~ E0201

// An inner import goes before what is always there, even if it lacks the name.
object Inner:
  import scala.collection.mutable.*
  def rest(numbers: LinearSeq[Int]) = numbers //~ E1060
  def some = LinearSeq(1) //~ E1060
  def named(buffer: ArrayBuffer[Int]) = buffer.toList

object Beside:
  import scala.collection.mutable.*
  trait LinearSeq[A]
  def rest(numbers: LinearSeq[Int]) = numbers
  def other: Inner.type = Inner

object Named:
  import scala.collection.mutable.*
  import scala.collection.immutable.LinearSeq
  def sum(numbers: LinearSeq[Int]): Int = numbers.sum
