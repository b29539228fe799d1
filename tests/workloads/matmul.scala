import fvm.*

/** The product of two matrices of `n` rows and columns, fed back in `rounds` times. */
final class Matmul extends Contract:
  @view def run(size: Long, rounds: Long): Long can Pure =
    val n     = size.toInt
    var state = 1L

    def randomMatrix(): Array[Long] =
      val matrix = new Array[Long](n * n)
      for i <- 0 until n * n do
        state = state * 6364136223846793005L + 1442695040888963407L
        matrix(i) = state >>> 32
      matrix

    var x = randomMatrix()
    val y = randomMatrix()
    var z = new Array[Long](n * n)
    for round <- 0L until rounds do
      for
        i <- 0 until n
        j <- 0 until n
      do
        var sum = 0L
        for k <- 0 until n do sum += x(i * n + k) * y(k * n + j)
        z(i * n + j) = sum
      val product = z
      z = x
      x = product
    var checksum = 0L
    for number <- x do checksum = checksum * 31 + number
    checksum
