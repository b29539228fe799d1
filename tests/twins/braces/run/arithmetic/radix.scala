// Text in other bases.
@main def run(): Unit = {
  println(255.toBinaryString)
  println(255.toHexString)
  println((-1).toHexString)
  println((-1).toBinaryString.length)
  println(8.toOctalString)
  println(255L.toHexString)
  println((-1L).toHexString)
  println(0.toBinaryString)
  println(Integer.parseInt("ff", 16))
  println(Integer.parseInt("-101", 2))
}
