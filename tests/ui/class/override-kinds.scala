// A value is overridden by a value, a lazy one by a lazy one, a variable by nothing.
class Parent:
  val value: Int = 1
  lazy val late: Int = 1
  var variable: Int = 1
  def method: Int = 1
  def parens(): Int = 1
  def given1(using Int): Int = 1

trait Open:
  val value: Int
  def method: Int
  def parens(): Int

class Good extends Parent:
  override val value: Int = 2
  override lazy val late: Int = 2
  override val method: Int = 2
  override def parens(): Int = 2
  override def given1(using number: Int): Int = 2

class Lazier extends Parent:
  override lazy val method: Int = 2

class Bad extends Parent:
  override def value: Int = 2 //~ E0341
  override val late: Int = 2 //~ E0341
  override def variable: Int = 2 //~ E0341
  override def method(): Int = 2 //~ E0327
  override def parens: Int = 2 //~ E0327
  override def given1(number: Int): Int = 2 //~ E0327

class Worse extends Parent:
  override lazy val value: Int = 2 //~ E0341
  override def late: Int = 2 //~ E0341
  override var variable: Int = 2 //~ E0341
  override var method: Int = 2 //~ E0323

class Opened extends Open:
  def value: Int = 1 //~ E0341
  var method: Int = 1
  def parens: Int = 1 //~ E0327

class OpenedToo extends Open:
  var value: Int = 1 //~ E0341
  lazy val method: Int = 1
  val parens: Int = 1 //~ E0327
