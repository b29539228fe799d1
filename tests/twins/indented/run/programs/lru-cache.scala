// A cache that forgets what was not used for the longest time, with statistics.
class LruCache[K, V](capacity: Int):
  require(capacity > 0, "capacity must be positive")

  private var entries: Map[K, V] = Map.empty
  private var order: Vector[K] = Vector.empty // least recently used first
  private var hits = 0
  private var misses = 0
  private var evicted: List[K] = Nil

  private def touch(k: K): Unit = order = order.filter(_ != k) :+ k

  def get(k: K): Option[V] =
    val found = entries.get(k)
    if found.isDefined then
      hits += 1
      touch(k)
    else misses += 1
    found

  def put(k: K, v: V): Unit =
    if !entries.contains(k) && entries.size == capacity then
      val oldest = order.head
      entries = entries - oldest
      order = order.tail
      evicted = oldest :: evicted
    entries = entries.updated(k, v)
    touch(k)

  def getOrCompute(k: K)(compute: => V): V = get(k) match
    case Some(v) => v
    case None =>
      val v = compute
      put(k, v)
      v

  def size: Int = entries.size
  def keys: List[K] = order.toList
  def forgotten: List[K] = evicted.reverse
  def statistics: String = s"$hits hits, $misses misses, ${evicted.length} evicted"

class Memo(limit: Int):
  private val cache = new LruCache[Int, BigInt](limit)
  var computed = 0
  def fibonacci(n: Int): BigInt =
    if n < 2 then BigInt(n)
    else cache.getOrCompute(n):
      computed += 1
      fibonacci(n - 1) + fibonacci(n - 2)
  def statistics: String = cache.statistics

object Main:
  def main(args: Array[String]): Unit =
    val c = new LruCache[String, Int](3)
    c.put("a", 1)
    c.put("b", 2)
    c.put("c", 3)
    println(c.get("a"))
    c.put("d", 4)
    println(c.keys)
    println(c.get("b"))
    c.put("a", 10)
    println(c.keys)
    println(c.getOrCompute("e") { println("computing e"); 5 })
    println(c.getOrCompute("e") { println("never"); 6 })
    println(c.forgotten)
    println(c.statistics)
    val m = new Memo(10)
    println(m.fibonacci(90))
    println(m.computed)
    println(m.statistics)
    val pages = List(7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2)
    for frames <- 1 to 5 do
      val memory = new LruCache[Int, Unit](frames)
      pages.foreach(p => memory.getOrCompute(p)(()))
      println(s"$frames frames: ${memory.statistics}")
