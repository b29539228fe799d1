// Type arguments are gone at run time: members that differ in them alone would be one.
trait Numbers:
  def add(values: List[Int]): Unit = ()
trait Words:
  def add(values: List[String]): Unit = ()
class Both extends Numbers, Words //~ E0339

class Own extends Numbers: //~ E0339
  def add(values: List[String]): Unit = ()

class Fine extends Numbers:
  def add(values: Vector[String]): Unit = ()
