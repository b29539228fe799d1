import fvm.*

final class Counter extends Contract:
  private var count: Int = 0

  @entry
  def increase(): Unit can Write & Send = //~ W0508
    count = count + 1

  @entry
  def touch(): Unit can Write = //~ W0508
    if count < 0 then abort(Fault.Never)

  // `Write` covers reading.
  @entry
  def double(): Unit can Write =
    count = count + 2

  // A promise that others may use up.
  private def each(act: Int => Unit can Write): Unit can Write = act(1)

trait Base extends Contract:
  @entry
  def act(): Unit can Write & Send = ()

enum Fault extends Problem:
  case Never
