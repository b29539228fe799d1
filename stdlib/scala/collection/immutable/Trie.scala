/** The tree behind `HashMap` and `HashSet`: a compressed hash-array-mapped trie of up to 32 branches per node. Every
  * operation touches O(log32 n) nodes; keys with equal hashes share a node that is searched in order. The order of
  * iteration is Scala's: it depends on the keys' hashes only, and for equal hashes on the order of insertion.
  */
package scala.collection.immutable

import fvm.internal.{AnyOps, Arrays}
import scala.collection.{AbstractIterator, Iterator}

/** A node. `slots` holds key, value and hash of each entry by rising branch, then the sub-nodes by rising branch.
  * `entries` and `nodes` are the sets of branches that hold one or the other. In a collision node all hashes are equal
  * and `entries` is the number of entries.
  */
final class TrieNode(val entries: Int, val nodes: Int, val slots: Array[Any], val size: Int, val isCollision: Boolean) {
  def entryCount: Int = if (isCollision) entries else java.lang.Integer.bitCount(entries)
  def keyAt(entry: Int): Any = slots(entry * 3)
  def valueAt(entry: Int): Any = slots(entry * 3 + 1)
  def hashAt(entry: Int): Int = slots(entry * 3 + 2).asInstanceOf[Int]
  def nodeAt(index: Int): TrieNode = slots(entryCount * 3 + index).asInstanceOf[TrieNode]
  def nodeCount: Int = if (isCollision) 0 else java.lang.Integer.bitCount(nodes)
}

object Trie {
  val empty: TrieNode = new TrieNode(0, 0, new Array[Any](0), 0, false)

  /** What a lookup gives for a missing key. */
  val missing: Missing = new Missing()
  final class Missing

  /** A key's hash, spread so that nearby keys go to different branches. */
  def hashOf(key: Any): Int = {
    val h0 = AnyOps.hash(key)
    val h1 = h0 + ~(h0 << 9)
    val h2 = h1 ^ (h1 >>> 14)
    val h3 = h2 + (h2 << 4)
    h3 ^ (h3 >>> 10)
  }

  private def below(set: Int, bit: Int): Int = java.lang.Integer.bitCount(set & (bit - 1))

  /** The value of a key, or [[missing]]. */
  def get(root: TrieNode, key: Any, hash: Int): Any = {
    var node = root
    var shift = 0
    var result: Any = missing
    var isDone = false
    while (!isDone) {
      if (node.isCollision) {
        val i = collisionIndex(node, key, hash)
        if (i >= 0) result = node.valueAt(i)
        isDone = true
      } else {
        val bit = 1 << ((hash >>> shift) & 31)
        if ((node.entries & bit) != 0) {
          val i = below(node.entries, bit)
          if (node.hashAt(i) == hash && node.keyAt(i) == key) result = node.valueAt(i)
          isDone = true
        } else if ((node.nodes & bit) != 0) {
          node = node.nodeAt(below(node.nodes, bit))
          shift += 5
        } else isDone = true
      }
    }
    result
  }

  private def collisionIndex(node: TrieNode, key: Any, hash: Int): Int = {
    var i = 0
    if (node.hashAt(0) != hash) i = node.entries
    while (i < node.entries && node.keyAt(i) != key) i += 1
    if (i < node.entries) i else -1
  }

  /** With a new value for a key; an existing key stays in its place. */
  def updated(node: TrieNode, key: Any, value: Any, hash: Int, shift: Int): TrieNode =
    if (node.isCollision) updatedCollision(node, key, value, hash)
    else {
      val bit = 1 << ((hash >>> shift) & 31)
      if ((node.entries & bit) != 0) {
        val i = below(node.entries, bit)
        if (node.hashAt(i) == hash && node.keyAt(i) == key)
          if (AnyOps.same(node.valueAt(i), value)) node
          else new TrieNode(node.entries, node.nodes, replaced(node.slots, i * 3 + 1, value), node.size, false)
        else {
          val child = merged(node.keyAt(i), node.valueAt(i), node.hashAt(i), key, value, hash, shift + 5)
          entryToNode(node, bit, i, child)
        }
      } else if ((node.nodes & bit) != 0) {
        val i = below(node.nodes, bit)
        val child = node.nodeAt(i)
        withChild(node, i, child, updated(child, key, value, hash, shift + 5))
      } else {
        val i = below(node.entries, bit)
        new TrieNode(node.entries | bit, node.nodes, inserted(node.slots, i * 3, key, value, hash), node.size + 1, false)
      }
    }

  private def updatedCollision(node: TrieNode, key: Any, value: Any, hash: Int): TrieNode = {
    val i = collisionIndex(node, key, hash)
    if (i >= 0) new TrieNode(node.entries, 0, replaced(node.slots, i * 3 + 1, value), node.size, true)
    else
      new TrieNode(node.entries + 1, 0, inserted(node.slots, node.entries * 3, key, value, hash), node.size + 1, true)
  }

  /** A node with two entries of different keys. */
  private def merged(k1: Any, v1: Any, h1: Int, k2: Any, v2: Any, h2: Int, shift: Int): TrieNode =
    if (shift >= 32) new TrieNode(2, 0, pair(k1, v1, h1, k2, v2, h2), 2, true)
    else {
      val b1 = (h1 >>> shift) & 31
      val b2 = (h2 >>> shift) & 31
      if (b1 == b2) {
        val slots = new Array[Any](1)
        slots(0) = merged(k1, v1, h1, k2, v2, h2, shift + 5)
        new TrieNode(0, 1 << b1, slots, 2, false)
      } else {
        val slots = if (b1 < b2) pair(k1, v1, h1, k2, v2, h2) else pair(k2, v2, h2, k1, v1, h1)
        new TrieNode((1 << b1) | (1 << b2), 0, slots, 2, false)
      }
    }

  private def pair(k1: Any, v1: Any, h1: Int, k2: Any, v2: Any, h2: Int): Array[Any] = {
    val slots = new Array[Any](6)
    slots(0) = k1
    slots(1) = v1
    slots(2) = h1
    slots(3) = k2
    slots(4) = v2
    slots(5) = h2
    slots
  }

  private def replaced(slots: Array[Any], at: Int, x: Any): Array[Any] = {
    val result = new Array[Any](slots.length)
    Arrays.copy(slots, 0, result, 0, slots.length)
    result(at) = x
    result
  }

  private def inserted(slots: Array[Any], at: Int, key: Any, value: Any, hash: Int): Array[Any] = {
    val result = new Array[Any](slots.length + 3)
    Arrays.copy(slots, 0, result, 0, at)
    result(at) = key
    result(at + 1) = value
    result(at + 2) = hash
    Arrays.copy(slots, at, result, at + 3, slots.length - at)
    result
  }

  private def without(slots: Array[Any], at: Int, count: Int): Array[Any] = {
    val result = new Array[Any](slots.length - count)
    Arrays.copy(slots, 0, result, 0, at)
    Arrays.copy(slots, at + count, result, at, slots.length - at - count)
    result
  }

  private def withChild(node: TrieNode, index: Int, old: TrieNode, child: TrieNode): TrieNode =
    if (AnyOps.same(old, child)) node
    else {
      val slots = replaced(node.slots, node.entryCount * 3 + index, child)
      new TrieNode(node.entries, node.nodes, slots, node.size - old.size + child.size, false)
    }

  /** The entry at branch `bit` becomes a node. */
  private def entryToNode(node: TrieNode, bit: Int, entry: Int, child: TrieNode): TrieNode = {
    val rest = without(node.slots, entry * 3, 3)
    val at = (node.entryCount - 1) * 3 + below(node.nodes, bit)
    val slots = new Array[Any](rest.length + 1)
    Arrays.copy(rest, 0, slots, 0, at)
    slots(at) = child
    Arrays.copy(rest, at, slots, at + 1, rest.length - at)
    new TrieNode(node.entries ^ bit, node.nodes | bit, slots, node.size - 1 + child.size, false)
  }

  /** The node at branch `bit`, which has one entry left, becomes that entry. */
  private def nodeToEntry(node: TrieNode, bit: Int, child: TrieNode): TrieNode = {
    val rest = without(node.slots, node.entryCount * 3 + below(node.nodes, bit), 1)
    val at = below(node.entries, bit) * 3
    val slots = inserted(rest, at, child.keyAt(0), child.valueAt(0), child.hashAt(0))
    new TrieNode(node.entries | bit, node.nodes ^ bit, slots, node.size - 1, false)
  }

  /** Without a key. A node below the root never has one entry only: that entry lives in the parent. */
  def removed(node: TrieNode, key: Any, hash: Int, shift: Int): TrieNode =
    if (node.isCollision) removedCollision(node, key, hash)
    else {
      val bit = 1 << ((hash >>> shift) & 31)
      if ((node.entries & bit) != 0) {
        val i = below(node.entries, bit)
        if (node.hashAt(i) == hash && node.keyAt(i) == key)
          new TrieNode(node.entries ^ bit, node.nodes, without(node.slots, i * 3, 3), node.size - 1, false)
        else node
      } else if ((node.nodes & bit) != 0) {
        val i = below(node.nodes, bit)
        val child = node.nodeAt(i)
        val smaller = removed(child, key, hash, shift + 5)
        if (smaller.size == 1 && child.size > 1) nodeToEntry(node, bit, lowest(smaller))
        else withChild(node, i, child, smaller)
      } else node
    }

  /** The node that holds the only entry. */
  private def lowest(node: TrieNode): TrieNode = if (node.entryCount == 1) node else lowest(node.nodeAt(0))

  private def removedCollision(node: TrieNode, key: Any, hash: Int): TrieNode = {
    val i = collisionIndex(node, key, hash)
    if (i < 0) node
    else new TrieNode(node.entries - 1, 0, without(node.slots, i * 3, 3), node.size - 1, true)
  }
}

/** Goes over the entries: those of a node first, then the sub-nodes. `next` moves to the next entry. */
final class TrieCursor(root: TrieNode) {
  private var node: TrieNode = root
  private var entry: Int = -1
  private var waiting: List[TrieNode] = Nil
  private var left: Int = root.size

  def hasNext: Boolean = left > 0
  def advance(): Unit = {
    if (left <= 0) Iterator.exhausted()
    left -= 1
    entry += 1
    while (entry >= node.entryCount) {
      var i = node.nodeCount - 1
      while (i >= 0) {
        waiting = new ::[TrieNode](node.nodeAt(i), waiting)
        i -= 1
      }
      node = waiting.head
      waiting = waiting.tail
      entry = 0
    }
  }
  def key: Any = node.keyAt(entry)
  def value: Any = node.valueAt(entry)
  def remaining: Int = left
}
