// What a class inherits from several parents must agree.
trait Base[+T]:
  def get: T = ???
trait Wide extends Base[Any]:
  override def get: Any = 1
class Narrow extends Wide, Base[String] //~ E0327

trait Left:
  def name: String = "left"
trait Right:
  def name: String = "right"
class Both extends Left, Right //~ E0342
class Chosen extends Left, Right:
  override def name: String = super[Left].name

trait Named:
  def name: String
class Joined extends Named, Left
class JoinedToo extends Left, Named

trait Fixed:
  val name: String = "fixed"
trait Loose:
  def name: String = "loose"
trait Marked extends Named:
  override def name: String = "marked"
class Mixed extends Fixed, Marked //~ E0341


trait Box[+A]
case class AnyBox(id: Int) extends Box[Any]
class TextBox(id: Int) extends AnyBox(id), Box[String] //~ E0340
