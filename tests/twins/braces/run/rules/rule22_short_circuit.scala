// && and || stop early, & and | do not.
def log(name: String, b: Boolean): Boolean = {
  print(name)
  b
}

@main def run(): Unit =
  for a <- List(true, false); b <- List(true, false) do {
    println(log("a", a) && log("b", b))
    println(log("a", a) || log("b", b))
    println(log("a", a) & log("b", b))
    println(log("a", a) | log("b", b))
    println(log("a", a) ^ log("b", b))
    println(!log("a", a) && log("b", b) || log("c", true))
  }
