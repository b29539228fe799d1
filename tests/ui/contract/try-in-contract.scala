import fvm.*

final class Careful extends Contract:
  private var n: Int = 0

  @entry
  def f(): Unit can Write =
    try n = 10 / n //~ E1007
    catch case e: ArithmeticException => n = 0
