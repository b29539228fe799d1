// What Scala's package has and ours has not is outside the subset; what neither has is unknown.
import scala.collection.immutable.*
import scala.util.*

val list = ListSet(1) //~ E1060
val amount: BigDecimal = ??? //~ E1060
val roll = Random.nextInt(6) //~ E1060
val other = ListSett(1) //~ E0201
