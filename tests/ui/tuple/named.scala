val person = (name = "Ada", age = 36)
val missing = person.height //~ E0202
val mixed = (name = "Ada", 36) //~ E0104
val numbered = (_1 = 2, _2 = 3) //~ E0104
val twice = (a = 1, a = 2) //~ E0204
val other: (name: String, years: Int) = person //~ E0301
val size = person.size //~ E1053
val part = person match
  case (height = h) => h //~ E0202
def isNamed(x: Any): Boolean = x match
  case _: (a: Int, b: Int) => true //~ E0406
  case _ => false
