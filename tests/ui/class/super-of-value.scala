// `super` reaches methods; of a value there is one only.
class Parent:
  val value: Int = 1
  lazy val late: Int = 1
  def method: Int = 1

class Child extends Parent:
  override val value: Int = super.value + 1 //~ E0213
  override lazy val late: Int = super.late + 1 //~ E0213
  override val method: Int = super.method + 1
