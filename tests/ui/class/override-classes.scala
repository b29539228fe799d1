// Classes are not overridden.
class Parent:
  class Inner
  trait Part
  private class Hidden

class Child extends Parent:
  class Inner //~ E0204
  trait Part //~ E0204
  class Hidden

class Renamed extends Parent:
  type Inner = Int //~ E0204
