import fvm.*

final class Book extends Contract:
  private var pages: Map[Int, String] = Map(1 -> "one", 2 -> "two")
  private var marks: Set[Int]         = Set(1)
  private var other: Map[Int, String] = Map.empty

  @entry
  def good(n: Int, text: String): Unit can Write =
    pages = pages.updated(n, text)
    pages += n -> text
    pages = pages + (n -> text)
    pages = pages.removed(n)
    pages -= n
    pages = pages.updated(1, pages.getOrElse(2, "")).removed(2)
    pages = if n > 0 then pages.updated(n, text) else pages
    marks += n
    marks = marks - n

  @entry
  def clear(): Unit can Write =
    pages = Map.empty //~ E0804

  @entry
  def copy(): Unit can Write =
    pages = other //~ E0804

  @entry
  def filter(): Unit can Write =
    pages = pages.filter((k, v) => k > 1) //~ E0804
