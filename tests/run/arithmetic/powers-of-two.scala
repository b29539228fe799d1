// Divisions by powers of two and remainders, of numbers of both signs, of counters that go up, go
// down, jump over their end, and of lengths.
def quotients(n: Int): String = s"${n / 2} ${n % 2} ${n / 8} ${n % 8} ${n / -4} ${n % -4}"

def quotients(n: Long): String =
  val unsigned =
    s"${java.lang.Long.divideUnsigned(n, 16)} ${java.lang.Long.remainderUnsigned(n, 16)}"
  s"${n / 2} ${n % 2} ${n / 1024} ${n % 1024} ${n / Long.MinValue} ${n % Long.MinValue} $unsigned"

def evens(n: Int): Int =
  var count = 0
  for i <- 0 until n do if i % 2 == 0 then count += i / 2
  count

def below(from: Int, until: Int): Int =
  var sum = 0
  for i <- from until until do sum = sum * 3 + i % 4 + i / 4
  sum

def down(n: Int): Int =
  var sum = 0
  for i <- n to -n by -1 do sum = sum * 3 + i % 4 + i / 4
  sum

/** Goes past the largest number, and stops at a negative one. */
def around(from: Int): Int =
  var i   = from
  var sum = 0
  while i != Int.MinValue + 3 do
    sum = sum * 31 + i % 8 + i / 8
    i += 1
  sum

def halves(n: Int): String =
  try
    val before = n / 2
    val array  = new Array[Int](n)
    s"$before ${n / 2} ${n % 2} ${array.length / 2}"
  catch case e: NegativeArraySizeException => s"no array: ${n / 2} ${n % 2}"

def behind(n: Int): String =
  if n >= 0 && n < 100 then s"${n % 100} ${n / 100} ${n % 64} ${n / 64}"
  else s"${n % 100} ${n / 100} ${n % 64} ${n / 64}"

def decided(n: Int): String =
  if n < 10 then if n < 20 then "small" else "never" else if n > 5 then "large" else "never"

@main def main(): Unit =
  for n <- List(0, 1, -1, 7, -7, 8, -8, -9, Int.MaxValue, Int.MinValue) do println(quotients(n))
  for n <- List(0L, -1L, 1023L, -1023L, -1025L, Long.MaxValue, Long.MinValue) do
    println(quotients(n))
  println(evens(101))
  println(below(-9, 9))
  println(below(9, -9))
  println(down(9))
  println(around(Int.MaxValue - 2))
  println(List(7, 0, -7).map(halves))
  println(List(-65, -1, 0, 63, 64, 99, 100, 164).map(behind))
  println(List(3, 10, -3).map(decided))
