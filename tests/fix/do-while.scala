def digits(n: Int): Int = {
  var rest = n
  var count = 0
  do {
    rest = rest / 10
    count += 1
  } while (rest > 0)
  do count += 1 while (count < 3)
  count
}
