// What a block or a pattern declares is no single value outside of it.
object Test:
  def f(x: Int): String = "Int"
  def f(x: Any): String = "Any"
  val o = 'o'
  def main(args: Array[String]): Unit =
    val c = args.length == 0
    val b = 'b'
    println("1 " + f(if c then { print(""); 'a' } else 'b'))
    println("2 " + f(if c then { print(""); b } else 'a'))
    println("3 " + f(if c then { val y = 'y'; y } else 'b'))
    println("4 " + f(if c then { print(""); o } else b))
    println("5 " + f(if c then { val y = 'y'; print(y); 'y' } else { print(""); b }))
    println("6 " + f({ print(""); if c then 'a' else 'b' }))
    println("7 " + f(if c then { val k = args.length; 'k' } else b))
    println("8 " + f(if c then { val y = 'y'; { print(""); y } } else b))
    println("9 " + f(if c then { val y = 'y'; if c then y else 'z' } else b))
    println("10 " + f(if c then { def g = 1; g; 'a' } else b))
    println("11 " + f(if c then { val y: 'y' = 'y'; y } else b))
    println("12 " + f({ val y = 'y'; if c then y else 'z' }))
    println("13 " + f({ val y = 'y'; val z = 'z'; if c then y else z }))
    println("14 " + f(if c then { val k = Some('k'); k.value } else b))
    println("15 " + f(c match { case true => print(""); 'a'; case _ => 'b' }))
    println("16 " + f(c match { case true => val q = 'q'; q; case _ => 'b' }))
    println("17 " + f("xy".charAt(0) match { case x => if c then x else b }))
    println("18 " + f(b match { case x => if c then x else 'z' }))
    println("19 " + f(b match { case x => x }))
    println("20 " + f(if c then "xy".charAt(0) match { case x => x } else b))
    println("21 " + f(Some(b) match { case Some(x) => if c then x else b; case null => 'n' }))
    println("22 " + f(if c then (b match { case x => x }) else 'a'))
    println("23 " + f(if c then (b match { case x if x > 'a' => x; case y => y }) else b))
