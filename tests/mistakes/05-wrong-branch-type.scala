// A branch of another type
def price(member: Boolean): Int =
  if member then 10
  else "twelve"
