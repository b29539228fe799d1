// A literal that overflows
val population = 8000000000
