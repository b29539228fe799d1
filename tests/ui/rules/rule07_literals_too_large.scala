// A literal must fit its type.
val int = 2147483648 //~ E0107
val least = -2147483648
val hex = 0x1FFFFFFFF //~ E0107
val long = 9223372036854775808L //~ E0107
