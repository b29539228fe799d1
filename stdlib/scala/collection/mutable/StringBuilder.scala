/** `StringBuilder`: a text under construction. Adding takes time linear in what is added (amortised). */
package scala.collection.mutable

import fvm.internal.{AnyOps, TextUnits}
import scala.collection.IterableOnce

final class StringBuilder(initial: Int) extends Builder[Char, String] {
  def this() = this(16)
  def this(text: String) = {
    this(text.length + 16)
    append(text)
  }

  private var units: Array[Char] = new Array[Char](if (initial < 1) 1 else initial)
  private var used: Int = 0

  def length: Int = used
  def size: Int = used
  def knownSize: Int = used
  def isEmpty: Boolean = used == 0
  def nonEmpty: Boolean = used != 0
  private def reserve(needed: Int): Unit =
    if (needed > units.length) {
      val larger = new Array[Char](if (needed > used * 2) needed else used * 2)
      TextUnits.copy(units, 0, larger, 0, used)
      units = larger
    }
  private def checkIndex(index: Int): Unit =
    if (index < 0 || index >= used)
      throw new StringIndexOutOfBoundsException("index " + index + ",length " + used)

  def append(text: String): StringBuilder = {
    val all = if (AnyOps.isNull(text)) "null" else text
    reserve(used + all.length)
    TextUnits.write(all, units, used)
    used += all.length
    this
  }
  def append(unit: Char): StringBuilder = {
    reserve(used + 1)
    units(used) = unit
    used += 1
    this
  }
  def append(value: Any): StringBuilder = append(AnyOps.text(value))
  def append(value: Int): StringBuilder = append(value.toString)
  def append(value: Long): StringBuilder = append(value.toString)
  def append(value: Boolean): StringBuilder = append(value.toString)
  def append(value: Double): StringBuilder = append(value.toString)
  def append(value: Float): StringBuilder = append(value.toString)
  def append(value: Byte): StringBuilder = append(value.toString)
  def append(value: Short): StringBuilder = append(value.toString)
  def append(other: StringBuilder): StringBuilder = append(other.toString)
  def appendAll(text: String): StringBuilder = append(text)
  def appendAll(units: Array[Char]): StringBuilder = append(TextUnits.text(units, 0, units.length))
  def appendAll(units: IterableOnce[Char]): StringBuilder = addAll(units)
  override def addOne(unit: Char): StringBuilder = append(unit)
  override def +=(unit: Char): StringBuilder = append(unit)
  override def addAll(elements: IterableOnce[Char]): StringBuilder = {
    val it = elements.iterator
    while (it.hasNext) append(it.next())
    this
  }
  def addAll(text: String): StringBuilder = append(text)
  override def ++=(elements: IterableOnce[Char]): StringBuilder = addAll(elements)
  def ++=(text: String): StringBuilder = append(text)

  def apply(index: Int): Char = charAt(index)
  def charAt(index: Int): Char = {
    checkIndex(index)
    units(index)
  }
  def update(index: Int, unit: Char): Unit = setCharAt(index, unit)
  def setCharAt(index: Int, unit: Char): Unit = {
    checkIndex(index)
    units(index) = unit
  }
  def insert(index: Int, value: Any): StringBuilder = insert(index, AnyOps.text(value))
  def insert(index: Int, text: String): StringBuilder = {
    if (index < 0 || index > used)
      throw new StringIndexOutOfBoundsException("offset " + index + ", length " + used)
    reserve(used + text.length)
    TextUnits.copy(units, index, units, index + text.length, used - index)
    TextUnits.write(text, units, index)
    used += text.length
    this
  }
  def delete(start: Int, end: Int): StringBuilder = {
    val stop = if (end > used) used else end
    if (start < 0 || start > stop)
      throw new StringIndexOutOfBoundsException("start " + start + ", end " + stop + ", length " + used)
    TextUnits.copy(units, stop, units, start, used - stop)
    used -= stop - start
    this
  }
  def deleteCharAt(index: Int): StringBuilder = {
    checkIndex(index)
    delete(index, index + 1)
  }
  def replace(start: Int, end: Int, text: String): StringBuilder = {
    delete(start, end)
    insert(start, text)
  }
  def setLength(n: Int): Unit = {
    reserve(n)
    var i = used
    while (i < n) {
      units(i) = '\u0000'
      i += 1
    }
    used = n
  }
  def reverseInPlace(): StringBuilder = {
    var low = 0
    var high = used - 1
    while (low < high) {
      val unit = units(low)
      units(low) = units(high)
      units(high) = unit
      low += 1
      high -= 1
    }
    this
  }
  def reverse: StringBuilder = new StringBuilder(toString).reverseInPlace()
  override def clear(): Unit = used = 0

  def substring(start: Int): String = toString.substring(start)
  def substring(start: Int, end: Int): String = toString.substring(start, end)
  def indexOf(text: String): Int = toString.indexOf(text)
  def lastIndexOf(text: String): Int = toString.lastIndexOf(text)
  def contains(unit: Char): Boolean = toString.contains(unit)
  def head: Char = charAt(0)
  def last: Char = toString.last
  def foreach[U](f: Char => U): Unit = toString.foreach[U](f)
  def exists(p: Char => Boolean): Boolean = toString.exists(p)
  def forall(p: Char => Boolean): Boolean = toString.forall(p)
  def count(p: Char => Boolean): Int = toString.count(p)
  def take(n: Int): StringBuilder = new StringBuilder(toString.take(n))
  def drop(n: Int): StringBuilder = new StringBuilder(toString.drop(n))
  def dropRight(n: Int): StringBuilder = new StringBuilder(toString.dropRight(n))
  def filter(p: Char => Boolean): StringBuilder = new StringBuilder(toString.filter(p))
  def mkString: String = toString
  def mkString(separator: String): String = toString.mkString(separator)
  def mkString(start: String, separator: String, end: String): String = toString.mkString(start, separator, end)
  def headOption: Option[Char] = toString.headOption
  def lastOption: Option[Char] = toString.lastOption
  def iterator: scala.collection.Iterator[Char] = toString.iterator
  def reverseIterator: scala.collection.Iterator[Char] = toString.reverseIterator
  def indices: scala.collection.immutable.Range = toString.indices
  def indexWhere(p: Char => Boolean): Int = toString.indexWhere(p)
  def find(p: Char => Boolean): Option[Char] = toString.find(p)
  def foldLeft[B](zero: B)(f: (B, Char) => B): B = toString.foldLeft[B](zero)(f)
  def startsWith(text: String): Boolean = toString.startsWith(text)
  def endsWith(text: String): Boolean = toString.endsWith(text)
  def toList: List[Char] = toString.toList
  def toArray: Array[Char] = toString.toCharArray
  def toCharArray: Array[Char] = toString.toCharArray
  def capacity: Int = units.length
  def ensureCapacity(n: Int): Unit = reserve(n)
  override def sizeHint(size: Int): Unit = reserve(size)
  override def result(): String = toString
  override def toString: String = TextUnits.text(units, 0, used)
}

object StringBuilder {
  def newBuilder: StringBuilder = new StringBuilder()
}
