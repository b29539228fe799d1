/** `collection.Map`: what mutable and immutable maps have in common. */
package scala.collection

import fvm.internal.AnyOps
import scala.util.hashing.MurmurHash3

/** Keys with a value each. */
trait Map[K, +V] extends Iterable[(K, V)] with PartialFunction[K, V] with Equals {
  def get(key: K): Option[V]
  def canEqual(that: Any): Boolean = true
  def contains(key: K): Boolean = get(key).nonEmpty
  override def isDefinedAt(key: K): Boolean = contains(key)
  /** What `apply` gives for a missing key. */
  def default(key: K): V = throw new java.util.NoSuchElementException("key not found: " + AnyOps.text(key))
  override def apply(key: K): V = get(key) match {
    case Some(value) => value
    case None => default(key)
  }
  def getOrElse[V1 >: V](key: K, default: => V1): V1 = get(key) match {
    case Some(value) => value
    case None => default
  }
  override def applyOrElse[K1 <: K, V1 >: V](key: K1, default: K1 => V1): V1 = get(key) match {
    case Some(value) => value
    case None => default(key)
  }
  override def lift: K => Option[V] = (key: K) => get(key)

  override protected def className: String = "Map"
  def keysIterator: Iterator[K] = iterator.map[K]((entry: (K, V)) => entry._1)
  def valuesIterator: Iterator[V] = iterator.map[V]((entry: (K, V)) => entry._2)
  def values: Iterable[V] = new MapValues[K, V](this)
  def foreachEntry[U](f: (K, V) => U): Unit = foreach[U]((entry: (K, V)) => f(entry._1, entry._2))
  override def view: MapView[K, V] = new MapView[K, V](() => iterator)
  override def equals(that: Any): Boolean = that match {
    case other: Map[_, _] =>
      AnyOps.same(this, other) || size == other.size && hasEntriesOf(other.asInstanceOf[Map[K, Any]])
    case _ => false
  }
  private def hasEntriesOf(that: Map[K, Any]): Boolean =
    forall((entry: (K, V)) =>
      that.get(entry._1) match {
        case Some(value) => value == entry._2
        case None => false
      }
    )
  override def hashCode: Int = MurmurHash3.mapHash(this)
  override def toString: String = {
    val out = new scala.collection.mutable.StringBuilder()
    out.append(className).append("(")
    var isFirst = true
    val it = iterator
    while (it.hasNext) {
      val entry = it.next()
      if (!isFirst) out.append(", ")
      isFirst = false
      out.append(AnyOps.text(entry._1)).append(" -> ").append(AnyOps.text(entry._2))
    }
    out.append(")").toString
  }
  override def addString(
      out: scala.collection.mutable.StringBuilder,
      start: String,
      separator: String,
      end: String
  ): scala.collection.mutable.StringBuilder = {
    out.append(start)
    out.append(iterator.map[String]((entry: (K, V)) => AnyOps.text(entry._1) + " -> " + AnyOps.text(entry._2)).mkString(separator))
    out.append(end)
  }
}

object Map {
  def empty[K, V]: Map[K, V] = scala.collection.immutable.Map.empty[K, V]
  def apply[K, V](entries: (K, V)*): Map[K, V] = scala.collection.immutable.Map.from[K, V](entries)
  def from[K, V](entries: IterableOnce[(K, V)]): Map[K, V] = scala.collection.immutable.Map.from[K, V](entries)
}

/** The values of a map, as a collection that follows the map. */
final class MapValues[K, +V](map: Map[K, V]) extends Iterable[V] {
  override def iterator: Iterator[V] = map.valuesIterator
  override def knownSize: Int = map.knownSize
}
