// An import of what is not there
import scala.collection.mutable.ArrayBufer

val xs = ArrayBufer(1, 2, 3)
