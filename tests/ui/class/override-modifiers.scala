// What is private overrides nothing, and only traits stack.
class Parent:
  def method: Int = 1

class Child extends Parent:
  override private def method: Int = 2 //~ E0212

class Stacked extends Parent:
  abstract override def method: Int = 2 //~ E0212

trait Layer extends Parent:
  abstract override def method: Int = super.method + 1
