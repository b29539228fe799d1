// `x op= v` is `x = x op v` when there is no method `op=`.
object Main:
  def main(args: Array[String]): Unit =
    var i = 10
    i += 5
    println(i)
    i -= 3
    println(i)
    i *= 4
    println(i)
    i /= 5
    println(i)
    i %= 4
    println(i)
    i <<= 4
    println(i)
    i >>= 1
    println(i)
    i -= 100
    i >>>= 28
    println(i)
    var text = "a"
    text += 1
    text += 'c'
    text += true
    println(text)
    var list = List(3)
    list ::= 2
    list :+= 4
    list ++= List(5, 6)
    println(list)
    var flag = true
    flag &= false
    flag |= true
    println(flag)
