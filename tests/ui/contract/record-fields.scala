import fvm.*

final class Teller extends Contract:
  @entry
  def tell(): Unit can Emit = emit(Log.Measured(1.5)) //~ W0702

enum Log extends Event:
  case Measured(value: Double) //~ E0801
