import fvm.*

final class Counter extends Contract:
  private var n: Int = 0

  @entry
  def add(): Unit can Write & Fly = n = n + 1 //~ E0203
