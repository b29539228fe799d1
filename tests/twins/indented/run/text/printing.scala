// print, println without argument, and text of mixed output.
object Main extends App:
  print("a")
  print(1)
  print('c')
  print(true)
  println()
  println("b")
  print(List(1, 2))
  println(Some("x"))
  println("")
  print("no newline at the end")
