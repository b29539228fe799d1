// Cases with and without parameters in one enum, and exhaustive matches.
enum Message {
  case Quit
  case Move(dx: Int, dy: Int)
  case Write(text: String)
  case Paint(r: Int, g: Int, b: Int = 0)
}

def handle(m: Message): String = m match {
  case Message.Quit            => "quit"
  case Message.Move(0, 0)      => "stay"
  case Message.Move(dx, dy)    => s"move $dx,$dy"
  case Message.Write("")       => "write nothing"
  case Message.Write(t)        => s"write $t"
  case Message.Paint(r, g, b)  => s"paint ${r + g + b}"
}

@main def run(): Unit = {
  val messages = List(
    Message.Move(0, 0),
    Message.Move(1, -1),
    Message.Write(""),
    Message.Write("hi"),
    Message.Paint(1, 2),
    Message.Paint(r = 1, b = 5, g = 1),
    Message.Quit
  )
  messages.map(handle).foreach(println)
  println(messages.last)
  println(messages.head.ordinal)
}
