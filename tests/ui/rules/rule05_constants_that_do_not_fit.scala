// Only constants that fit become smaller types.
val big: Byte = 128 //~ E0301
val fits: Byte = 127
val n = 5
val variable: Short = n //~ E0301
val negative: Char = -1 //~ E0301
val long: Int = 5L //~ E0301
