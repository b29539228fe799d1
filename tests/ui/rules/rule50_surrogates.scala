// A literal holds whole characters.
val half = "\ud83d" //~ E1015
val whole = "\ud83d\ude00"
