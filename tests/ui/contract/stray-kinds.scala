import fvm.*

class Plain:
  @entry //~ E0904
  def f(): Int = 1
