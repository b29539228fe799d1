/** `LinkedHashMap` and `LinkedHashSet`: as the hash tables, but in the order in which the keys came. */
package scala.collection.mutable

import fvm.internal.AnyOps
import scala.collection.{AbstractIterator, IterableOnce, Iterator}

/** An entry of a doubly linked list. */
final class Link(val key: Any, var value: Any, var before: Link) {
  var after: Link = null
}

/** Entries in the order in which they came, with a table to find them. */
final class LinkTable {
  private val table: HashTable = new HashTable(16)
  private var last: Link = null
  var first: Link = null
  def size: Int = table.size

  def find(key: Any): Link = {
    val entry = table.find(key)
    if (AnyOps.isNull(entry)) null else entry.value.asInstanceOf[Link]
  }
  def put(key: Any, value: Any): Option[Any] = {
    val known = find(key)
    if (!AnyOps.isNull(known)) {
      val old = Some[Any](known.value)
      known.value = value
      old
    } else {
      val link = new Link(key, value, last)
      if (AnyOps.isNull(last)) first = link else last.after = link
      last = link
      table.put(key, link)
      None
    }
  }
  def remove(key: Any): Option[Any] = {
    val entry = table.remove(key)
    if (AnyOps.isNull(entry)) None
    else {
      val link = entry.value.asInstanceOf[Link]
      if (AnyOps.isNull(link.before)) first = link.after else link.before.after = link.after
      if (AnyOps.isNull(link.after)) last = link.before else link.after.before = link.before
      Some[Any](link.value)
    }
  }
  def clear(): Unit = {
    table.clear()
    first = null
    last = null
  }
}

final class LinkedHashMap[K, V] extends Map[K, V] {
  private val links: LinkTable = new LinkTable()
  override protected def className: String = "LinkedHashMap"
  override def freshMap[K2, V2]: Map[K2, V2] = new LinkedHashMap[K2, V2]()
  override def size: Int = links.size
  override def knownSize: Int = links.size
  override def isEmpty: Boolean = links.size == 0
  override def contains(key: K): Boolean = !AnyOps.isNull(links.find(key))
  override def get(key: K): Option[V] = {
    val link = links.find(key)
    if (AnyOps.isNull(link)) None else Some[V](link.value.asInstanceOf[V])
  }
  override def put(key: K, value: V): Option[V] = links.put(key, value).asInstanceOf[Option[V]]
  override def remove(key: K): Option[V] = links.remove(key).asInstanceOf[Option[V]]
  override def clear(): Unit = links.clear()
  override def iterator: Iterator[(K, V)] = new LinkEntryIterator[K, V](links.first)
}

object LinkedHashMap {
  def empty[K, V]: LinkedHashMap[K, V] = new LinkedHashMap[K, V]()
  def apply[K, V](entries: (K, V)*): LinkedHashMap[K, V] = from[K, V](entries)
  def from[K, V](entries: IterableOnce[(K, V)]): LinkedHashMap[K, V] = {
    val result = new LinkedHashMap[K, V]()
    result.addAll(entries)
    result
  }
}

final class LinkedHashSet[A] extends Set[A] {
  private val links: LinkTable = new LinkTable()
  override protected def className: String = "LinkedHashSet"
  override def freshSet[B]: Set[B] = new LinkedHashSet[B]()
  override def size: Int = links.size
  override def knownSize: Int = links.size
  override def isEmpty: Boolean = links.size == 0
  override def contains(x: A): Boolean = !AnyOps.isNull(links.find(x))
  override def add(x: A): Boolean = links.put(x, true).isEmpty
  override def remove(x: A): Boolean = links.remove(x).nonEmpty
  override def clear(): Unit = links.clear()
  override def iterator: Iterator[A] = new LinkKeyIterator[A](links.first)
}

object LinkedHashSet {
  def empty[A]: LinkedHashSet[A] = new LinkedHashSet[A]()
  def apply[A](elements: A*): LinkedHashSet[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): LinkedHashSet[A] = {
    val result = new LinkedHashSet[A]()
    result.addAll(elements)
    result
  }
}

final class LinkEntryIterator[K, V](first: Link) extends AbstractIterator[(K, V)] {
  private var link: Link = first
  def hasNext: Boolean = !AnyOps.isNull(link)
  def next(): (K, V) = {
    if (AnyOps.isNull(link)) Iterator.exhausted()
    val entry = (link.key.asInstanceOf[K], link.value.asInstanceOf[V])
    link = link.after
    entry
  }
}

final class LinkKeyIterator[A](first: Link) extends AbstractIterator[A] {
  private var link: Link = first
  def hasNext: Boolean = !AnyOps.isNull(link)
  def next(): A = {
    if (AnyOps.isNull(link)) Iterator.exhausted()
    val x = link.key.asInstanceOf[A]
    link = link.after
    x
  }
}
