// Packages with braces and nested names; members see what is around them.
package app:
  object Root { val name = "root" }
  package model:
    case class Item(id: Int)
    object Items { def make(n: Int): List[Item] = (1 to n).map(Item(_)).toList }
  package service:
    import model.Items
    object Counter { def count(n: Int): Int = Items.make(n).length + Root.name.length }

object Main:
  import app.model.*
  def main(args: Array[String]): Unit =
    println(Items.make(2))
    println(app.service.Counter.count(3))
    println(app.Root.name)
    println(Item(9))
