// A loop of Scala 2
def digits(n: Int): Int = {
  var rest = n
  var count = 0
  do {
    rest = rest / 10
    count += 1
  } while (rest > 0)
  count
}
