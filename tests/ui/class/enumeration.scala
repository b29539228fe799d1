// Enumerations of Scala 2: one report for each, and what to write instead.
object Color extends Enumeration: //~ E1060
  val Red, Green = Value

object Size extends scala.Enumeration: //~ E1060
  type Size = Value
  val Small = Value(1)
  val Large = Value("large")
