// Byte + Int is Int, which a Byte variable does not take.
@main def run(): Unit =
  var b: Byte = 1
  b += 1 //~ E0301
  println(b)
