// What is private stays in its class and the companion of that.
class Bank:
  private class Entry(val amount: Long)
  private trait Rule

  def last: Entry = Entry(1) //~ E0347
  val all: List[Entry] = Nil //~ E0347
  var some: Option[Entry] = None //~ E0347
  def add(entry: Entry): Unit = () //~ E0347
  def first[A <: Entry](entry: A): Unit = () //~ E0347
  protected def next: Entry = Entry(2) //~ E0347
  class Strict extends Rule //~ E0347
  class Log(entry: Entry) //~ E0347

  private def own: Entry = Entry(3)
  private class Book extends Rule:
    def top: Entry = Entry(4)
  def work: Long =
    def local: Entry = own
    local.amount

class Shop private (start: Shop.State):
  private def state: Shop.State = start

object Shop:
  private class State
  private def begin: State = State()
  def open: Shop = Shop(begin)
