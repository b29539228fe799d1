// `super` in a trait does not reach a value of the class that mixes it in.
trait Named:
  def name: String
trait Plain extends Named:
  def name: String = "plain"
trait Fixed extends Named:
  override val name: String = "fixed"
trait Reader extends Named, Plain:
  def read: String = super.name

class Reading extends Plain, Reader, Fixed
class Over extends Plain, Fixed, Reader //~ E0213
