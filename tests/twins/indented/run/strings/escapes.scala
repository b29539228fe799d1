// Escapes in ordinary strings.
object Main extends App:
  println("a\tb")
  println("a\\b")
  println("say \"hi\"")
  println("two\nlines")
  println("\u0041\u00e9")
  println("\b".length)
  println("\r\n".length)
  println("'single'")
  println("tab\t" + "\t".length)
