// `super` in a trait needs a method in each class that mixes it in.
trait Named:
  def name: String
trait Loud extends Named:
  abstract override def name: String = super.name + "!"
trait Plain extends Named:
  def name: String = "plain"

class Good extends Plain, Loud
abstract class Later extends Loud

class Without extends Loud //~ E0322
