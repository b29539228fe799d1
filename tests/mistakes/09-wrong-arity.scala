// Too many arguments
def fee(amount: Int, percent: Int): Int = amount * percent / 100

val mine: Int = fee(200, 3, 1)
