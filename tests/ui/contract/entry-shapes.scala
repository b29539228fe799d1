// Messages are a name and one list of values.
import fvm.*

final class Shapes extends Contract:
  @entry
  def generic[A](n: Int): Int can Pure = n //~ E0904

  @entry
  def curried(a: Int)(b: Int): Int can Pure = a + b //~ E0904

  @entry
  def lazily(n: => Int): Int can Pure = 1 //~ E0904

  @entry
  def many(ns: Int*): Int can Pure = 1 //~ E0904

  @entry
  def function(f: Int => Int): Int can Pure = 1 //~ E0801

  @entry
  private def hidden(n: Int): Int can Pure = n //~ E0904

  @entry
  @payable //~ E0904
  def both(): Unit can Pure = ()
