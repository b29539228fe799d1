import fvm.*

/** Returns at once: what a call costs by itself. */
final class Empty extends Contract:
  @view def run(a: Long, b: Long): Long can Pure = a + b
