// Mutable maps, buffers and sets, with the order of a hash table.
import scala.collection.mutable

@main def run(): Unit = {
  val m = mutable.Map("b" -> 2)
  m("a") = 1
  m += "c" -> 3
  m("a") += 10
  m -= "b"
  println(m.toList.sorted)
  println(m.getOrElseUpdate("z", 26))
  println(m.size)
  val b = mutable.ListBuffer(1, 2)
  b += 3
  b ++= List(4, 5)
  b(0) = 100
  println(b.toList)
  println(b.remove(1))
  println(b)
  val a = mutable.ArrayBuffer.empty[Int]
  for i <- 1 to 5 do a += i * i
  a.insert(0, -1)
  println(a)
  val numbers = mutable.HashMap.empty[Int, Int]
  for i <- List(17, 1, 33, 2, 16) do numbers(i) = i
  println(numbers.keys.toList)
  val s = mutable.Set(3, 1)
  s += 2
  println(s.contains(2))
  val q = mutable.Queue(1, 2)
  q.enqueue(3)
  println(q.dequeue())
  val st = mutable.Stack(1)
  st.push(2)
  println(st.pop())
}
