// A misspelt name
def total(count: Int, price: Int): Int =
  cuont * price
