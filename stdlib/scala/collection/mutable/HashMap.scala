/** `HashMap`: a table of chains. Operations on one key take constant time on average. The order of iteration is Scala's:
  * by slot, and within a slot by hash; the table grows as Scala's does.
  */
package scala.collection.mutable

import fvm.internal.AnyOps
import scala.collection.{AbstractIterator, Iterable, IterableOnce, Iterator}

/** An entry of a table: a key, its spread hash, its value, the next entry of the slot. */
final class TableEntry(val key: Any, val hash: Int, var value: Any, var next: TableEntry)

/** A table of chains, for maps and sets. */
final class HashTable(capacity: Int) {
  private var slots: Array[Any] = new Array[Any](HashTable.sizeFor(capacity))
  private var threshold: Int = HashTable.thresholdFor(slots.length)
  var size: Int = 0

  def find(key: Any): TableEntry = {
    val hash = HashTable.hashOf(key)
    var entry = chain(hash & (slots.length - 1))
    while (!AnyOps.isNull(entry) && entry.hash < hash) entry = entry.next
    while (!AnyOps.isNull(entry) && entry.hash == hash && entry.key != key) entry = entry.next
    if (!AnyOps.isNull(entry) && entry.hash != hash) null else entry
  }
  def chain(slot: Int): TableEntry = slots(slot).asInstanceOf[TableEntry]
  def slotCount: Int = slots.length

  /** Sets a value; gives the entry if there was one (its value is still the old one), otherwise null. */
  def put(key: Any, value: Any): TableEntry = {
    if (size + 1 >= threshold) grow(slots.length * 2)
    val hash = HashTable.hashOf(key)
    val slot = hash & (slots.length - 1)
    var before: TableEntry = null
    var entry = chain(slot)
    while (!AnyOps.isNull(entry) && (entry.hash < hash || entry.hash == hash && entry.key != key)) {
      before = entry
      entry = entry.next
    }
    if (!AnyOps.isNull(entry) && entry.hash == hash) entry
    else {
      val fresh = new TableEntry(key, hash, value, entry)
      if (AnyOps.isNull(before)) slots(slot) = fresh else before.next = fresh
      size += 1
      null
    }
  }

  /** Removes a key; gives its entry, or null. */
  def remove(key: Any): TableEntry = {
    val hash = HashTable.hashOf(key)
    val slot = hash & (slots.length - 1)
    var before: TableEntry = null
    var entry = chain(slot)
    while (!AnyOps.isNull(entry) && (entry.hash < hash || entry.hash == hash && entry.key != key)) {
      before = entry
      entry = entry.next
    }
    if (AnyOps.isNull(entry) || entry.hash != hash) null
    else {
      if (AnyOps.isNull(before)) slots(slot) = entry.next else before.next = entry.next
      size -= 1
      entry
    }
  }

  /** Makes room for this many entries. */
  def sizeHint(expected: Int): Unit =
    if (expected >= 0) {
      val wanted = HashTable.sizeFor(((expected + 1) / 0.75).toInt)
      if (wanted > slots.length) grow(wanted)
    }

  private def grow(length: Int): Unit = {
    val old = slots
    slots = new Array[Any](length)
    threshold = HashTable.thresholdFor(length)
    var i = 0
    while (i < old.length) {
      // The entries of a chain keep their order: each goes to the end of its new chain.
      var entry = old(i).asInstanceOf[TableEntry]
      while (!AnyOps.isNull(entry)) {
        val next = entry.next
        entry.next = null
        append(entry)
        entry = next
      }
      i += 1
    }
  }
  private def append(entry: TableEntry): Unit = {
    val slot = entry.hash & (slots.length - 1)
    var last = chain(slot)
    if (AnyOps.isNull(last)) slots(slot) = entry
    else {
      while (!AnyOps.isNull(last.next)) last = last.next
      last.next = entry
    }
  }

  def clear(): Unit = {
    slots = new Array[Any](slots.length)
    size = 0
  }
}

object HashTable {
  /** A key's hash, spread over the low bits. */
  def hashOf(key: Any): Int = {
    val h = AnyOps.hash(key)
    h ^ (h >>> 16)
  }
  /** The least power of two that is at least `capacity` (and 16 for the default). */
  def sizeFor(capacity: Int): Int =
    java.lang.Integer.highestOneBit(if (capacity - 1 > 4) capacity - 1 else 4) * 2
  def thresholdFor(length: Int): Int = (length * 0.75).toInt
  /** The capacity for a collection of known size. */
  def capacityFor(known: Int): Int = if (known > 0) ((known + 1) / 0.75).toInt else 16
}

/** Goes over the entries of a table. */
final class TableCursor(table: HashTable) {
  private var slot: Int = 0
  private var entry: TableEntry = null
  private def settle(): Unit =
    while (AnyOps.isNull(entry) && slot < table.slotCount) {
      entry = table.chain(slot)
      slot += 1
    }
  def hasNext: Boolean = {
    settle()
    !AnyOps.isNull(entry)
  }
  def next(): TableEntry = {
    if (!hasNext) Iterator.exhausted()
    val result = entry
    entry = entry.next
    result
  }
}

final class HashMap[K, V](capacity: Int, loadFactor: Double) extends Map[K, V] {
  def this() = this(16, 0.75)

  private val table: HashTable = new HashTable(capacity)
  override protected def className: String = "HashMap"
  override def size: Int = table.size
  override def knownSize: Int = table.size
  override def isEmpty: Boolean = table.size == 0
  override def contains(key: K): Boolean = !AnyOps.isNull(table.find(key))
  override def get(key: K): Option[V] = {
    val entry = table.find(key)
    if (AnyOps.isNull(entry)) None else Some[V](entry.value.asInstanceOf[V])
  }
  override def apply(key: K): V = {
    val entry = table.find(key)
    if (AnyOps.isNull(entry)) default(key) else entry.value.asInstanceOf[V]
  }
  override def getOrElse[V1 >: V](key: K, default: => V1): V1 = {
    val entry = table.find(key)
    if (AnyOps.isNull(entry)) default else entry.value.asInstanceOf[V1]
  }
  override def put(key: K, value: V): Option[V] = {
    val entry = table.put(key, value)
    if (AnyOps.isNull(entry)) None
    else {
      val old = Some[V](entry.value.asInstanceOf[V])
      entry.value = value
      old
    }
  }
  override def update(key: K, value: V): Unit = {
    val entry = table.put(key, value)
    if (!AnyOps.isNull(entry)) entry.value = value
  }
  override def addOne(entry: (K, V)): HashMap[K, V] = {
    update(entry._1, entry._2)
    this
  }
  override def addAll(entries: IterableOnce[(K, V)]): HashMap[K, V] = {
    table.sizeHint(entries.knownSize)
    val it = entries.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def remove(key: K): Option[V] = {
    val entry = table.remove(key)
    if (AnyOps.isNull(entry)) None else Some[V](entry.value.asInstanceOf[V])
  }
  override def clear(): Unit = table.clear()
  override def iterator: Iterator[(K, V)] = new TableEntryIterator[K, V](table)
  override def clone(): HashMap[K, V] = HashMap.from[K, V](this)
}

object HashMap {
  def empty[K, V]: HashMap[K, V] = new HashMap[K, V]()
  def apply[K, V](entries: (K, V)*): HashMap[K, V] = from[K, V](entries)
  def from[K, V](entries: IterableOnce[(K, V)]): HashMap[K, V] =
    new HashMap[K, V](HashTable.capacityFor(entries.knownSize), 0.75).addAll(entries)
}

final class TableEntryIterator[K, V](table: HashTable) extends AbstractIterator[(K, V)] {
  private val cursor: TableCursor = new TableCursor(table)
  def hasNext: Boolean = cursor.hasNext
  def next(): (K, V) = {
    val entry = cursor.next()
    (entry.key.asInstanceOf[K], entry.value.asInstanceOf[V])
  }
}
