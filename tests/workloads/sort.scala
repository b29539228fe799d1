import fvm.*

/** Heap sort of `count` pseudo-random numbers. */
final class Sort extends Contract:
  private def next(state: Long): Long = state * 6364136223846793005L + 1442695040888963407L

  private def siftDown(numbers: Array[Long], start: Int, end: Int): Unit =
    val moving = numbers(start)
    var root   = start
    var child  = 2 * root + 1
    var placed = false
    while !placed && child < end do
      if child + 1 < end && numbers(child) < numbers(child + 1) then child += 1
      if moving >= numbers(child) then placed = true
      else
        numbers(root) = numbers(child)
        root = child
        child = 2 * root + 1
    numbers(root) = moving

  @view def run(count: Long, seed: Long): Long can Pure =
    val n       = count.toInt
    val numbers = new Array[Long](n)
    var state   = seed
    for i <- 0 until n do
      state = next(state)
      numbers(i) = state
    for root <- n / 2 - 1 to 0 by -1 do siftDown(numbers, root, n)
    for end <- n - 1 to 1 by -1 do
      val largest = numbers(0)
      numbers(0) = numbers(end)
      numbers(end) = largest
      siftDown(numbers, 0, end)
    var checksum = 0L
    for number <- numbers do checksum = checksum * 31 + number
    checksum
