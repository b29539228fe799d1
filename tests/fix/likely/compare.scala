def isZero(n: Int): String =
  var m = n
  if m = 0 then "zero" else "more"
