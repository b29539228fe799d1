// The value of a given uses neither itself nor a given below it.
class Name

object Above:
  given Name()
  given List[Name] = List(summon[Name])

object Below:
  given List[Name] = List(summon[Name]) //~ E0314
  given Name()

object Itself:
  given name: Name = summon[Name] //~ E0314
