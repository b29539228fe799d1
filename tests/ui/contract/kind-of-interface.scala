import fvm.*

trait Purse extends Contract:
  @payable
  def fill(): Unit
  @view
  def content: Amount

final class Wallet extends Purse:
  @entry
  def fill(): Unit can Pure = () //~ E0904

  def content: Amount can Read = balance //~ E0902
