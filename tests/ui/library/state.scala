// A library keeps nothing from call to call.
package rates

object Interest:
  private var calls: Int = 0 //~ E0912
  def yearly(amount: Int): Int =
    calls += 1
    amount / 20

private object Inside:
  var last: Int = 0 //~ E0912
