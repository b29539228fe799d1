// A contract is a class that can be deployed.
import fvm.*

object Single extends Contract //~ E0905

abstract class Half extends Contract //~ E0905

final class Generic[A](n: Int) extends Contract //~ E0905

class Base:
  def x: Int = 1

final class Derived extends Base, Contract //~ E0905

final class Outside:
  final class Inside extends Contract //~ E0905
