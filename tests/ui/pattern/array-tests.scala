def kind(value: Any): Int = value match
  case ints: Array[Int] => 1
  case texts: Array[String] => 2 //~ E1081
  case any: Array[?] => 3
  case _ => 4

def floats(value: Any): Array[Float] = value.asInstanceOf[Array[Float]] //~ E1081

def known(value: Array[String]): Boolean = value.isInstanceOf[Array[String]]

def test(value: Any): Boolean = value.isInstanceOf[Array[AnyRef]] //~ E1081

@main def main(): Unit = println(kind(Array(1)))
