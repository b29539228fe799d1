// A warning is silenced in the definition that allows it, and nowhere else.
import fvm.allow
import scala.annotation.nowarn

@allow("unreachable-case")
object Quiet:
  def name(n: Int): String = n match
    case _ => "many"
    case 1 => "one"

  def loud(xs: List[Int]): Int =
    xs.foreach(x => return x) //~ W0337
    0

@allow("W0337", "unreachable-case") //~ W0215
def leave(xs: List[Int]): Int =
  xs.foreach(x => return x)
  0

def local(n: Int): Int =
  @nowarn def inner: Int = n match
    case _ => 1
    case 2 => 2
  @nowarn("msg=unreachable") def other: Int = n match
    case _ => 1
    case 2 => 2 //~ W0412
  inner + other
