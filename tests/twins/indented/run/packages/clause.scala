// A package clause and access through the full name.
package shop.cart

object Prices:
  private[shop] val base = 10
  def of(name: String): Int = base * name.length

class Cart:
  private var items: List[String] = Nil
  def add(item: String): Cart = { items = item :: items; this }
  def total: Int = items.map(Prices.of).sum

object Main:
  def main(args: Array[String]): Unit =
    println(new Cart().add("pen").add("paper").total)
    println(shop.cart.Prices.of("ink"))
    println(new shop.cart.Cart().total)
