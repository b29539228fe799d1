// Types as members: an alias is overridden by the same type, an abstract type within its bounds.
class Parent:
  type Alias = Int
  type Open
  type Low <: Int
  type Many[X]

class Good extends Parent:
  override type Alias = Int
  type Open = String
  type Low = Int
  type Many[X] = List[X]

class Bad extends Parent:
  type Alias = Int //~ E0324
  type Low = String //~ E0327
  type Many = Int //~ E0327

class Worse extends Parent:
  override type Alias = String //~ E0327

class Classes extends Parent:
  class Open
  class Many[X]

trait One:
  class Inner
trait Two:
  class Inner
class Both extends One, Two //~ E0342
