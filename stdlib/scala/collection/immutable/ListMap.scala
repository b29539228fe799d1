/** `ListMap`: a map in the order in which its keys came. Operations on one key are linear. */
package scala.collection.immutable

import fvm.internal.Sorting
import scala.collection.{IterableOnce, Iterator}
import scala.collection.mutable.Builder

/** Key, value, key, value, … */
final class ListMap[K, +V](slots: Array[Any]) extends Map[K, V] {
  def this() = this(new Array[Any](0))

  override protected def className: String = "ListMap"
  override def size: Int = slots.length >> 1
  override def knownSize: Int = slots.length >> 1
  override def isEmpty: Boolean = slots.length == 0
  private def indexOf(key: K): Int = {
    var i = slots.length - 2
    while (i >= 0 && slots(i) != key) i -= 2
    i
  }
  override def get(key: K): Option[V] = {
    val i = indexOf(key)
    if (i < 0) None else Some[V](slots(i + 1).asInstanceOf[V])
  }
  override def contains(key: K): Boolean = indexOf(key) >= 0
  override def iterator: Iterator[(K, V)] = new SmallMapIterator[K, V](slots)
  override def updated[V1 >: V](key: K, value: V1): ListMap[K, V1] = {
    val i = indexOf(key)
    val result = Sorting.resized(slots, slots.length, if (i < 0) slots.length + 2 else slots.length)
    if (i < 0) result(slots.length) = key
    result(if (i < 0) slots.length + 1 else i + 1) = value
    new ListMap[K, V1](result)
  }
  override def removed(key: K): ListMap[K, V] = {
    val i = indexOf(key)
    if (i < 0) this
    else {
      val result = new Array[Any](slots.length - 2)
      fvm.internal.Arrays.copy(slots, 0, result, 0, i)
      fvm.internal.Arrays.copy(slots, i + 2, result, i, slots.length - i - 2)
      new ListMap[K, V](result)
    }
  }
  override def +[V1 >: V](entry: (K, V1)): ListMap[K, V1] = updated[V1](entry._1, entry._2)
  override def -(key: K): ListMap[K, V] = removed(key)
  override def concat[V1 >: V](that: IterableOnce[(K, V1)]): ListMap[K, V1] =
    super.concat[V1](that).asInstanceOf[ListMap[K, V1]]
  override def ++[V1 >: V](that: IterableOnce[(K, V1)]): ListMap[K, V1] = concat[V1](that)
  override def filter(p: ((K, V)) => Boolean): ListMap[K, V] = super.filter(p).asInstanceOf[ListMap[K, V]]
  override def filterNot(p: ((K, V)) => Boolean): ListMap[K, V] = super.filterNot(p).asInstanceOf[ListMap[K, V]]
  override def fresh[K2, V2]: Builder[(K2, V2), Map[K2, V2]] = new MapBuilder[K2, V2](ListMap.empty[K2, V2])
}

object ListMap {
  private val none: ListMap[Any, Nothing] = new ListMap[Any, Nothing](new Array[Any](0))
  def empty[K, V]: ListMap[K, V] = none.asInstanceOf[ListMap[K, V]]
  def apply[K, V](entries: (K, V)*): ListMap[K, V] = empty[K, V].concat[V](entries)
  def from[K, V](entries: IterableOnce[(K, V)]): ListMap[K, V] = empty[K, V].concat[V](entries)
  def newBuilder[K, V]: Builder[(K, V), ListMap[K, V]] =
    new MapBuilder[K, V](empty[K, V]).mapResult[ListMap[K, V]]((map: Map[K, V]) => map.asInstanceOf[ListMap[K, V]])
}
