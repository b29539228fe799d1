class Account(val name: String):
  def limit: Int = 10
  def toString: String = name

class Gold extends Account("gold"):
  final def limit: Int = 20
  protected val hidden = 1
