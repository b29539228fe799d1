object Operators {
  val long = first + second * third || fourth && (fifth == sixth)
  def text = { "a" + name + ":" + value.toString }
  val list = 1 :: 2 :: rest ::: { more }
  def assign() = { x = y + 1; a(i) = b; c.d += e; this.f = { g } }
  val ok = !done && -x < +y
  type Row = Read & Write | Nothing
  def update(): Unit can Read & Write = { state = state.next }
}
