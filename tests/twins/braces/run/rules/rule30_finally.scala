// finally runs after the result was computed; its value is dropped.
def log[A](name: String, a: A): A = {
  println(name)
  a
}

def result: Int = try log("body", 1) finally log("finally", ())

def variable: Int = {
  var n = 1
  try n
  finally n = 2
}

def returns: Int =
  try return log("return", 1)
  finally println("cleanup")

def nested: String =
  try
    try throw RuntimeException("inner")
    finally println("first")
  catch case e: RuntimeException => s"caught ${e.getMessage}"
  finally println("second")

def replaced: String =
  try
    try throw RuntimeException("lost")
    finally throw IllegalStateException("kept")
  catch case e: RuntimeException => e.getMessage

def loop: List[Int] = {
  var seen = List[Int]()
  var i = 0
  while i < 3 do
    try {
      if i == 1 then throw RuntimeException("skip")
      seen = i :: seen
    }
    catch case _: RuntimeException => seen = -1 :: seen
    finally i += 1
  seen
}

@main def run(): Unit = {
  println(result)
  println(variable)
  println(returns)
  println(nested)
  println(replaced)
  println(loop)
}
