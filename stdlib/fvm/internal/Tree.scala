/** Search trees that never change, balanced by size: what sorted maps and sets are made of. Operations on one key, parts
  * and joins take O(log n) comparisons.
  */
package fvm.internal

import scala.collection.{AbstractIterator, Iterator}

/** A key with its value between the smaller and the larger ones. The empty tree is null. */
final class Branch(val key: Any, val value: Any, val left: Branch, val right: Branch) {
  val size: Int = 1 + Tree.size(left) + Tree.size(right)
}

object Tree {
  def size(tree: Branch): Int = if (AnyOps.isNull(tree)) 0 else tree.size
  def orderOf[K](ordering: Ordering[K]): Ordering[Any] = ordering.asInstanceOf[Ordering[Any]]

  /** The branch with an equal key, or null. */
  def find(tree: Branch, key: Any, order: Ordering[Any]): Branch = {
    var at = tree
    var isDone = false
    while (!isDone && !AnyOps.isNull(at)) {
      val c = order.compare(key, at.key)
      if (c < 0) at = at.left else if (c > 0) at = at.right else isDone = true
    }
    at
  }
  /** An equal key stays and gets the value. */
  def updated(tree: Branch, key: Any, value: Any, order: Ordering[Any]): Branch =
    if (AnyOps.isNull(tree)) new Branch(key, value, null, null)
    else {
      val c = order.compare(key, tree.key)
      if (c < 0) balanced(tree.key, tree.value, updated(tree.left, key, value, order), tree.right)
      else if (c > 0) balanced(tree.key, tree.value, tree.left, updated(tree.right, key, value, order))
      else new Branch(tree.key, value, tree.left, tree.right)
    }
  /** The same tree if the key is not in it. */
  def removed(tree: Branch, key: Any, order: Ordering[Any]): Branch =
    if (AnyOps.isNull(tree)) tree
    else {
      val c = order.compare(key, tree.key)
      if (c < 0) {
        val left = removed(tree.left, key, order)
        if (AnyOps.same(left, tree.left)) tree else balanced(tree.key, tree.value, left, tree.right)
      } else if (c > 0) {
        val right = removed(tree.right, key, order)
        if (AnyOps.same(right, tree.right)) tree else balanced(tree.key, tree.value, tree.left, right)
      } else glued(tree.left, tree.right)
    }

  def first(tree: Branch): Branch = {
    var at = tree
    while (!AnyOps.isNull(at.left)) at = at.left
    at
  }
  def last(tree: Branch): Branch = {
    var at = tree
    while (!AnyOps.isNull(at.right)) at = at.right
    at
  }
  private def withoutFirst(tree: Branch): Branch =
    if (AnyOps.isNull(tree.left)) tree.right else balanced(tree.key, tree.value, withoutFirst(tree.left), tree.right)
  private def withoutLast(tree: Branch): Branch =
    if (AnyOps.isNull(tree.right)) tree.left else balanced(tree.key, tree.value, tree.left, withoutLast(tree.right))
  /** Two balanced neighbours as one tree. */
  private def glued(left: Branch, right: Branch): Branch =
    if (AnyOps.isNull(left)) right
    else if (AnyOps.isNull(right)) left
    else if (left.size > right.size) {
      val middle = last(left)
      balanced(middle.key, middle.value, withoutLast(left), right)
    } else {
      val middle = first(right)
      balanced(middle.key, middle.value, left, withoutFirst(right))
    }

  /** One side may be larger by one element than is allowed: at most three times the other. */
  private def balanced(key: Any, value: Any, left: Branch, right: Branch): Branch = {
    val a = size(left)
    val b = size(right)
    if (a + b <= 1) new Branch(key, value, left, right)
    else if (b > 3 * a) {
      if (size(right.left) < 2 * size(right.right))
        new Branch(right.key, right.value, new Branch(key, value, left, right.left), right.right)
      else {
        val top = right.left
        new Branch(top.key, top.value, new Branch(key, value, left, top.left), new Branch(right.key, right.value, top.right, right.right))
      }
    } else if (a > 3 * b) {
      if (size(left.right) < 2 * size(left.left))
        new Branch(left.key, left.value, left.left, new Branch(key, value, left.right, right))
      else {
        val top = left.right
        new Branch(top.key, top.value, new Branch(left.key, left.value, left.left, top.left), new Branch(key, value, top.right, right))
      }
    } else new Branch(key, value, left, right)
  }
  /** Trees of any sizes with a key between them. */
  private def joined(key: Any, value: Any, left: Branch, right: Branch): Branch =
    if (size(right) > 3 * size(left) && size(right) > 1)
      balanced(right.key, right.value, joined(key, value, left, right.left), right.right)
    else if (size(left) > 3 * size(right) && size(left) > 1)
      balanced(left.key, left.value, left.left, joined(key, value, left.right, right))
    else new Branch(key, value, left, right)

  /** The keys that are not below `key`. */
  def from(tree: Branch, key: Any, order: Ordering[Any]): Branch =
    if (AnyOps.isNull(tree)) tree
    else if (order.compare(tree.key, key) < 0) from(tree.right, key, order)
    else joined(tree.key, tree.value, from(tree.left, key, order), tree.right)
  /** The keys below `key`, with an equal one if `isIncluded`. */
  def until(tree: Branch, key: Any, isIncluded: Boolean, order: Ordering[Any]): Branch =
    if (AnyOps.isNull(tree)) tree
    else {
      val c = order.compare(tree.key, key)
      if (c < 0 || c == 0 && isIncluded) joined(tree.key, tree.value, tree.left, until(tree.right, key, isIncluded, order))
      else until(tree.left, key, isIncluded, order)
    }
  def take(tree: Branch, n: Int): Branch =
    if (AnyOps.isNull(tree) || n <= 0) null
    else if (n >= tree.size) tree
    else if (n <= size(tree.left)) take(tree.left, n)
    else joined(tree.key, tree.value, tree.left, take(tree.right, n - size(tree.left) - 1))
  def drop(tree: Branch, n: Int): Branch =
    if (AnyOps.isNull(tree) || n >= tree.size) null
    else if (n <= 0) tree
    else if (n > size(tree.left)) drop(tree.right, n - size(tree.left) - 1)
    else joined(tree.key, tree.value, drop(tree.left, n), tree.right)
  /** The branch before which there are `n` others. */
  def at(tree: Branch, n: Int): Branch = {
    var at = tree
    var left = n
    while (left != size(at.left))
      if (left < size(at.left)) at = at.left
      else {
        left -= size(at.left) + 1
        at = at.right
      }
    at
  }
}

/** Goes over the branches in ascending order. */
final class BranchIterator(tree: Branch) extends AbstractIterator[Branch] {
  private var path: List[Branch] = Nil
  private var left: Int = Tree.size(tree)
  descend(tree)
  private def descend(from: Branch): Unit = {
    var at = from
    while (!AnyOps.isNull(at)) {
      path = new scala.collection.immutable.::[Branch](at, path)
      at = at.left
    }
  }
  override def knownSize: Int = left
  def hasNext: Boolean = left > 0
  def next(): Branch = {
    if (left == 0) Iterator.exhausted()
    left -= 1
    val branch = path.head
    path = path.tail
    descend(branch.right)
    branch
  }
}
