object InlineConstant:
  object Limits:
    println("limits are made")
    inline val size = 10
    val name = "limits"
  def main(args: Array[String]): Unit =
    println(Limits.size)
    println(Limits.size + 1)
    println(Limits.name)
    println(Limits.size)
