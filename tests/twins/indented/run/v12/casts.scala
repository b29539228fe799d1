// scalac warns: casts that cannot succeed
trait A { def a = 1 }
class B extends A
class D
object Test:
  def up[T <: String](x: Any): T = x.asInstanceOf[T]
  def un[T](x: Any): T = x.asInstanceOf[T]
  def tryit(s: String)(f: => Any): Unit =
    try println(s + " " + f) catch { case e: ClassCastException => println(s + " cce") ; case e: NullPointerException => println(s + " npe")}
  def ret[T <: A](x: Any): Unit = { x.asInstanceOf[T]; println("after") }
  class Box[T](var v: T) { def get: T = v; def set(x: Any): Unit = v = x.asInstanceOf[T] }
  class BoxS[T <: String](var v: T) { def set(x: Any): Unit = v = x.asInstanceOf[T] }
  def main(args: Array[String]): Unit =
    tryit("up") { up[String](1); 1 }
    tryit("up2") { val s: String = up[String](1); 1 }
    tryit("un") { un[String](1); 1 }
    tryit("un2") { val s: String = un[String](1); 1 }
    tryit("un3") { un[String](1).length }
    tryit("un4") { val s = un[Int]("a"); 1 }
    tryit("un5") { (un[Int]("a"): Any) }
    tryit("un6") { println(un[String](1)); 1 }
    tryit("ret") { ret[B](new D) }
    val b = new Box[String]("a")
    tryit("box") { b.set(1); 1 }
    tryit("box3") { (b.get: Any) == 1 }
    tryit("box4") { b.v.toString }
    tryit("box5") { val x = b.v; 1 }
    tryit("box6") { "" + b.v }
    tryit("boxs") { new BoxS[String]("a").set(1); 1 }
    tryit("nullint") { null.asInstanceOf[Int] }
    val n: Any = null
    tryit("nullint2") { n.asInstanceOf[Int] }
    tryit("nullint3") { n.asInstanceOf[Boolean] }
    tryit("nullint4") { n.asInstanceOf[Char].toInt }
    tryit("nullun2") { un[Int](null) }
    val l: Any = 1L
    tryit("l1") { l.asInstanceOf[Int] }
    tryit("l2") { l.asInstanceOf[Long].toInt }
    tryit("l3") { l.asInstanceOf[AnyVal] }
    tryit("l4") { l.asInstanceOf[AnyRef] }
    tryit("l5") { 3.asInstanceOf[Long] + 0.5 }
    tryit("l6") { 'a'.asInstanceOf[Int] }
    tryit("l7") { 300.asInstanceOf[Byte] }
    tryit("l8") { 3.7.asInstanceOf[Int] }
    tryit("l9") { (3: Any).asInstanceOf[Double] }
    tryit("l10") { (3: Any).isInstanceOf[Int] }
    tryit("l11") { (3: Any).isInstanceOf[Long] }
    tryit("l12") { (3: Any).isInstanceOf[AnyVal] }
    tryit("l14") { (3: Any).isInstanceOf[AnyRef] }
    tryit("l15") { ("": Any).isInstanceOf[AnyRef] }
    tryit("l16") { (null: Any).isInstanceOf[AnyRef] }
    tryit("l17") { ((): Any).isInstanceOf[Unit] }
    tryit("l18") { List(1).asInstanceOf[List[String]].length }
    tryit("l19") { List(1).asInstanceOf[List[String]].head }
    tryit("l20") { List(1).asInstanceOf[List[String]].head.length }
    tryit("l21") { List(1).asInstanceOf[List[String]].mkString }
    tryit("l22") { List(1).asInstanceOf[List[String]].map(_.length) }
    tryit("l23") { for s <- List(1).asInstanceOf[List[String]] do println(s) }
    tryit("l24") { List(1).asInstanceOf[Vector[Int]] }
    tryit("l25") { (1, 2).asInstanceOf[(String, Int)]._2 }
    tryit("l26") { val (a, c) = (1, 2).asInstanceOf[(String, Int)]; c }
    tryit("l28") { List("a").asInstanceOf[List[Int]].sum }
    tryit("l32") { (new B: Any).asInstanceOf[A & B].a }
    tryit("l34") { (1: Any).asInstanceOf[Int | String] }
    tryit("l35") { Some(1).asInstanceOf[Some[String]].get; 1 }
    tryit("l36") { Some(1).asInstanceOf[Some[String]].map(x => 2) }
    tryit("l37") { Some(1).asInstanceOf[Some[String]] match { case Some(s) => "m" } }
    tryit("l39") { identity[Any](Some(1).asInstanceOf[Some[String]].get) }
    tryit("l40") { identity(Some(1).asInstanceOf[Some[String]].get) }
    tryit("l43") { s"${Some(1).asInstanceOf[Some[String]].get}" }

