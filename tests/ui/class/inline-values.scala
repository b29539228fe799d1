// An inline value is a constant.
object Limits:
  inline val most = 10
  inline val text = "a"
  inline val half = 0.5
  inline val typed: Int = 10 //~ E0343
  inline val ascribed = 10: Int //~ E0343
  inline val nothing = null //~ E0343
  inline val unit = () //~ E0343
