// Typed patterns on a sealed hierarchy.
sealed trait Vehicle { def wheels: Int }
class Car(val seats: Int) extends Vehicle { def wheels = 4 }
class Truck(val load: Int) extends Vehicle { def wheels = 6 }
class Bike extends Vehicle { def wheels = 2 }

object Main extends App:
  def describe(v: Vehicle): String = v match
    case c: Car if c.seats > 4 => s"big car with ${c.seats} seats"
    case c: Car                => s"car with ${c.seats} seats"
    case t: Truck              => s"truck for ${t.load}"
    case _: Bike               => "bike"
  val all = List[Vehicle](new Car(2), new Car(7), new Truck(40), new Bike)
  all.foreach(v => println(describe(v)))
  println(all.collect { case t: Truck => t.load }.sum)
  println(all.count { case _: Car => true; case _ => false })
