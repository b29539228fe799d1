class Counter(var count: Int) {
  def this() { this(0) }
  def add(n: Int) { count += n }
  def reset() {
    count = 0
  }
}
