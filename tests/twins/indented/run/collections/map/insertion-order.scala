// Up to four entries keep the order of insertion; an update keeps the place.
object Main extends App:
  var m = Map("d" -> 1, "b" -> 2, "c" -> 3)
  println(m)
  m = m + ("a" -> 4)
  println(m)
  m = m + ("b" -> 20)
  println(m)
  m = m - "b"
  println(m)
  m = m + ("b" -> 200)
  println(m)
  println(m.keys.mkString(","))
  println(m.map((k, v) => (k, v + 1)))
  println(m.filter((k, v) => v > 3))
