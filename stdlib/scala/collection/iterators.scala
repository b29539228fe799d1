/** The classes behind the operations of `Iterator`. Each `next` takes constant time besides the functions it calls,
  * except where elements are skipped.
  */
package scala.collection

import fvm.internal.Fallback
import scala.collection.immutable.{List, Seq}
import scala.collection.mutable.{ArrayBuffer, HashSet}

final class EmptyIterator[+A] extends AbstractIterator[A] {
  override def knownSize: Int = 0
  def hasNext: Boolean = false
  def next(): A = Iterator.exhausted()
}

final class SingleIterator[+A](x: A) extends AbstractIterator[A] {
  private var isDone: Boolean = false
  override def knownSize: Int = if (isDone) 0 else 1
  def hasNext: Boolean = !isDone
  def next(): A = {
    if (isDone) Iterator.exhausted()
    isDone = true
    x
  }
}

/** Goes over an array of slots. */
final class SlotIterator[+A](slots: Array[Any]) extends AbstractIterator[A] {
  private var at: Int = 0
  override def knownSize: Int = slots.length - at
  def hasNext: Boolean = at < slots.length
  def next(): A = {
    if (at >= slots.length) Iterator.exhausted()
    val x = slots(at).asInstanceOf[A]
    at += 1
    x
  }
}

final class CountIterator(start: Int, step: Int) extends AbstractIterator[Int] {
  private var at: Int = start
  def hasNext: Boolean = true
  def next(): Int = {
    val x = at
    at += step
    x
  }
}

final class IterateIterator[A](start: A, f: A => A) extends AbstractIterator[A] {
  private var current: A = start
  private var isFirst: Boolean = true
  def hasNext: Boolean = true
  def next(): A = {
    if (isFirst) isFirst = false else current = f(current)
    current
  }
}

final class UntilIterator[A](start: A, isLast: A => Boolean, f: A => A) extends AbstractIterator[A] {
  private var current: A = start
  private var isDone: Boolean = false
  def hasNext: Boolean = !isDone
  def next(): A = {
    if (isDone) Iterator.exhausted()
    val x = current
    if (isLast(x)) isDone = true else current = f(x)
    x
  }
}

final class ContinualIterator[A](make: () => A) extends AbstractIterator[A] {
  def hasNext: Boolean = true
  def next(): A = make()
}

final class UnfoldIterator[A, S](start: S, f: S => Option[(A, S)]) extends AbstractIterator[A] {
  private var state: S = start
  private var waiting: Option[(A, S)] = None
  private var isAsked: Boolean = false
  def hasNext: Boolean = {
    if (!isAsked) {
      waiting = f(state)
      isAsked = true
    }
    waiting.nonEmpty
  }
  def next(): A = {
    if (!hasNext) Iterator.exhausted()
    val pair = waiting.get
    state = pair._2
    isAsked = false
    pair._1
  }
}

final class MapIterator[A, B](from: Iterator[A], f: A => B) extends AbstractIterator[B] {
  override def knownSize: Int = from.knownSize
  def hasNext: Boolean = from.hasNext
  def next(): B = f(from.next())
}

final class FlatMapIterator[A, B](from: Iterator[A], f: A => IterableOnce[B]) extends AbstractIterator[B] {
  private var current: Iterator[B] = new EmptyIterator[B]()
  def hasNext: Boolean = {
    while (!current.hasNext && from.hasNext) current = f(from.next()).iterator
    current.hasNext
  }
  def next(): B = {
    if (!hasNext) Iterator.exhausted()
    current.next()
  }
}

/** An iterator that must look one element ahead. */
abstract class AheadIterator[A] extends AbstractIterator[A] {
  private var waiting: Option[A] = None
  private var isAsked: Boolean = false
  /** The next element, or `None` at the end. */
  protected def advance(): Option[A]
  def hasNext: Boolean = {
    if (!isAsked) {
      waiting = advance()
      isAsked = true
    }
    waiting.nonEmpty
  }
  def next(): A = {
    if (!hasNext) Iterator.exhausted()
    isAsked = false
    waiting.get
  }
}

final class FilterIterator[A](from: Iterator[A], p: A => Boolean, wanted: Boolean) extends AheadIterator[A] {
  protected def advance(): Option[A] = {
    var found: Option[A] = None
    while (found.isEmpty && from.hasNext) {
      val x = from.next()
      if (p(x) == wanted) found = Some[A](x)
    }
    found
  }
}

final class CollectIterator[A, B](from: Iterator[A], f: PartialFunction[A, B]) extends AheadIterator[B] {
  protected def advance(): Option[B] = {
    var found: Option[B] = None
    while (found.isEmpty && from.hasNext) {
      val x = from.next()
      val result = f.applyOrElse[A, Any](x, Fallback.function)
      if (!Fallback.isMissing(result)) found = Some[B](result.asInstanceOf[B])
    }
    found
  }
}

final class DistinctIterator[A, B](from: Iterator[A], f: A => B) extends AheadIterator[A] {
  private val seen: HashSet[B] = new HashSet[B]()
  protected def advance(): Option[A] = {
    var found: Option[A] = None
    while (found.isEmpty && from.hasNext) {
      val x = from.next()
      if (seen.add(f(x))) found = Some[A](x)
    }
    found
  }
}

final class SliceIterator[A](from: Iterator[A], start: Int, end: Int) extends AbstractIterator[A] {
  private var toDrop: Int = if (start < 0) 0 else start
  private var left: Int = if (end <= toDrop) 0 else if (end == Int.MaxValue) -1 else end - toDrop
  def hasNext: Boolean = {
    if (left == 0) false
    else {
      while (toDrop > 0 && from.hasNext) {
        from.next()
        toDrop -= 1
      }
      from.hasNext
    }
  }
  def next(): A = {
    if (!hasNext) Iterator.exhausted()
    if (left > 0) left -= 1
    from.next()
  }
}

final class TakeWhileIterator[A](from: Iterator[A], p: A => Boolean) extends AheadIterator[A] {
  private var isDone: Boolean = false
  protected def advance(): Option[A] =
    if (isDone || !from.hasNext) None
    else {
      val x = from.next()
      if (p(x)) Some[A](x)
      else {
        isDone = true
        None
      }
    }
}

final class DropWhileIterator[A](from: Iterator[A], p: A => Boolean) extends AheadIterator[A] {
  private var isDropping: Boolean = true
  protected def advance(): Option[A] = {
    var found: Option[A] = None
    while (found.isEmpty && from.hasNext) {
      val x = from.next()
      if (!isDropping || !p(x)) {
        isDropping = false
        found = Some[A](x)
      }
    }
    found
  }
}

/** What both halves of `span` share. */
final class SpanSource[A](from: Iterator[A], p: A => Boolean) {
  private val kept: ArrayBuffer[A] = new ArrayBuffer[A]()
  private var keptAt: Int = 0
  private var firstAfter: Option[A] = None
  private var isSplit: Boolean = false

  /** Reads on in the first half, for it (`keep` false) or ahead of it. */
  private def read(): Option[A] =
    if (isSplit || !from.hasNext) {
      isSplit = true
      None
    } else {
      val x = from.next()
      if (p(x)) Some[A](x)
      else {
        isSplit = true
        firstAfter = Some[A](x)
        None
      }
    }
  def nextBefore(): Option[A] =
    if (keptAt < kept.length) {
      keptAt += 1
      Some[A](kept(keptAt - 1))
    } else read()
  def nextAfter(): Option[A] = {
    while (!isSplit)
      read() match {
        case Some(x) => kept.addOne(x)
        case None => ()
      }
    firstAfter match {
      case Some(x) =>
        firstAfter = None
        Some[A](x)
      case None => if (from.hasNext) Some[A](from.next()) else None
    }
  }
  def before: Iterator[A] = new SpanIterator[A](this, true)
  def after: Iterator[A] = new SpanIterator[A](this, false)
}

final class SpanIterator[A](source: SpanSource[A], isBefore: Boolean) extends AheadIterator[A] {
  protected def advance(): Option[A] = if (isBefore) source.nextBefore() else source.nextAfter()
}

/** What both iterators of `duplicate` share: what has been read and the slower one has not had. */
final class DuplicateSource[A](from: Iterator[A]) {
  private val read: ArrayBuffer[A] = new ArrayBuffer[A]()
  def has(index: Int): Boolean = index < read.length || from.hasNext
  def get(index: Int): A = {
    if (index >= read.length) read.addOne(from.next())
    read(index)
  }
}

final class DuplicateIterator[A](source: DuplicateSource[A], number: Int) extends AbstractIterator[A] {
  private var at: Int = 0
  def hasNext: Boolean = source.has(at)
  def next(): A = {
    val x = source.get(at)
    at += 1
    x
  }
}

final class ConcatIterator[A](first: Iterator[A], second: () => Iterator[A]) extends AbstractIterator[A] {
  private var current: Iterator[A] = first
  private var isSecond: Boolean = false
  def hasNext: Boolean =
    if (current.hasNext) true
    else if (isSecond) false
    else {
      isSecond = true
      current = second()
      current.hasNext
    }
  def next(): A = {
    if (!hasNext) Iterator.exhausted()
    current.next()
  }
}

final class ZipIterator[A, B](a: Iterator[A], b: Iterator[B]) extends AbstractIterator[(A, B)] {
  def hasNext: Boolean = a.hasNext && b.hasNext
  def next(): (A, B) = (a.next(), b.next())
}

final class ZipAllIterator[A, B](a: Iterator[A], b: Iterator[B], x: A, y: B) extends AbstractIterator[(A, B)] {
  def hasNext: Boolean = a.hasNext || b.hasNext
  def next(): (A, B) = {
    if (!hasNext) Iterator.exhausted()
    (if (a.hasNext) a.next() else x, if (b.hasNext) b.next() else y)
  }
}

final class ScanIterator[A, B](from: Iterator[A], zero: B, f: (B, A) => B) extends AbstractIterator[B] {
  private var current: B = zero
  private var isFirst: Boolean = true
  def hasNext: Boolean = isFirst || from.hasNext
  def next(): B = {
    if (isFirst) isFirst = false else current = f(current, from.next())
    current
  }
}

final class PadIterator[A](from: Iterator[A], length: Int, x: A) extends AbstractIterator[A] {
  private var count: Int = 0
  def hasNext: Boolean = from.hasNext || count < length
  def next(): A = {
    val result = if (from.hasNext) from.next() else if (count < length) x else Iterator.exhausted()
    count += 1
    result
  }
}

/** An iterator whose next element can be looked at. */
final class BufferedIterator[+A](from: Iterator[A]) extends AbstractIterator[A] {
  private var waiting: List[A] = List.empty[A]
  def head: A = {
    if (waiting.isEmpty) waiting = new scala.collection.immutable.::[A](from.next(), List.empty[A])
    waiting.head
  }
  def headOption: Option[A] = if (hasNext) Some[A](head) else None
  override def buffered: BufferedIterator[A] = this
  def hasNext: Boolean = waiting.nonEmpty || from.hasNext
  def next(): A =
    if (waiting.isEmpty) from.next()
    else {
      val x = waiting.head
      waiting = List.empty[A]
      x
    }
}

/** Groups of equal size, or windows that move by `step`; the last group may be smaller. */
final class GroupedIterator[B](from: Iterator[B], size: Int, step: Int) extends AbstractIterator[Seq[B]] {
  if (size < 1 || step < 1)
    throw new IllegalArgumentException(
      "requirement failed: size=" + size + " and step=" + step + ", but both must be positive"
    )
  private val window: ArrayBuffer[B] = new ArrayBuffer[B]()
  private var isReady: Boolean = false
  private var isFirst: Boolean = true
  private var allowsPartial: Boolean = true
  private var padding: () => Option[B] = () => None

  /** Whether a last group that is too small counts. */
  def withPartial(allowed: Boolean): GroupedIterator[B] = {
    allowsPartial = allowed
    this
  }
  /** Fills the last group up. */
  def withPadding(x: => B): GroupedIterator[B] = {
    padding = () => Some[B](x)
    this
  }
  private def fill(): Unit = {
    var gap = 0
    if (!isFirst) {
      gap = if (step > window.length) step - window.length else 0
      window.dropInPlace(step)
    }
    while (gap > 0 && from.hasNext) {
      from.next()
      gap -= 1
    }
    var fresh = 0
    while (window.length < size && from.hasNext) {
      window.addOne(from.next())
      fresh += 1
    }
    var pad = padding()
    while (fresh > 0 && window.length < size && pad.nonEmpty) {
      window.addOne(pad.get)
      pad = padding()
    }
    isFirst = false
    isReady = fresh > 0 && (window.length == size || allowsPartial)
    if (!isReady) window.clear()
  }
  def hasNext: Boolean = {
    if (!isReady && (isFirst || from.hasNext)) fill()
    isReady
  }
  def next(): Seq[B] = {
    if (!hasNext) Iterator.exhausted()
    isReady = false
    scala.collection.immutable.ArraySeq.from[B](window)
  }
}
