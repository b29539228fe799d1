// Abstract classes, overriding, super, and dispatch by the object's class.
abstract class Employee(val name: String, base: Int):
  def pay: Int = base
  def title: String
  def describe: String = s"$title $name earns $pay"
class Engineer(name: String, base: Int) extends Employee(name, base):
  def title = "engineer"
class Manager(name: String, base: Int, reports: List[Employee]) extends Employee(name, base):
  def title = "manager"
  override def pay: Int = super.pay + reports.map(_.pay).sum / 10
class Boss(name: String, reports: List[Employee]) extends Manager(name, 1000, reports):
  override def title = "boss"
  override def describe: String = super.describe.toUpperCase

object Main:
  def main(args: Array[String]): Unit =
    val e1 = new Engineer("Ann", 500)
    val e2 = new Engineer("Ben", 400)
    val m = new Manager("Cat", 600, List(e1, e2))
    val staff: List[Employee] = List(e1, e2, m, new Boss("Dee", List(m)))
    staff.foreach(s => println(s.describe))
    println(staff.map(_.pay).sum)
