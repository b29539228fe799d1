// Values of unrelated types are not compared.
val a = 1 == "1" //~ E0316
val b = 'c' == "c" //~ E0316
val c = true != 1 //~ E0316
val d = "x" == Some("x") //~ E0316
