// Untyped lambda terms: parsing, printing, substitution without capture, and reduction.
sealed trait Term
case class V(name: String) extends Term
case class L(name: String, body: Term) extends Term
case class A(f: Term, x: Term) extends Term

object Lambda:
  def parse(text: String): Term =
    var rest = text.toList.filter(_ != ' ')
    def term(): Term =
      var result: Option[Term] = None
      while rest.nonEmpty && rest.head != ')' do
        val next = atom()
        result = Some(result.fold(next)(f => A(f, next)))
      result.getOrElse(sys.error("empty term"))
    def atom(): Term = rest.head match
      case '\\' =>
        val name = rest(1).toString
        rest = rest.drop(3)
        L(name, term())
      case '(' =>
        rest = rest.tail
        val t = term()
        rest = rest.tail
        t
      case c =>
        rest = rest.tail
        V(c.toString)
    term()

  def show(t: Term): String = t match
    case V(x)           => x
    case L(x, b)        => s"\\$x.${show(b)}"
    case A(f, a)        =>
      val left = f match
        case L(_, _) => s"(${show(f)})"
        case _       => show(f)
      val right = a match
        case V(x) => x
        case _    => s"(${show(a)})"
      left + right

  def free(t: Term): Set[String] = t match
    case V(x)    => Set(x)
    case L(x, b) => free(b) - x
    case A(f, a) => free(f) ++ free(a)

  private def unused(names: Set[String]): String =
    ('a' to 'z').map(_.toString).find(n => !names.contains(n)).getOrElse(sys.error("out of names"))

  def substitute(t: Term, x: String, by: Term): Term = t match
    case V(`x`)                               => by
    case V(_)                                 => t
    case A(f, a)                              => A(substitute(f, x, by), substitute(a, x, by))
    case L(`x`, _)                            => t
    case L(y, b) if !free(by).contains(y)     => L(y, substitute(b, x, by))
    case L(y, b) =>
      val z = unused(free(b) ++ free(by) + x)
      L(z, substitute(substitute(b, y, V(z)), x, by))

  def step(t: Term): Option[Term] = t match
    case A(L(x, b), a) => Some(substitute(b, x, a))
    case A(f, a) =>
      step(f) match
        case Some(g) => Some(A(g, a))
        case None    => step(a).map(A(f, _))
    case L(x, b) => step(b).map(L(x, _))
    case V(_)    => None

  def reduce(t: Term, limit: Int): (Term, Int) =
    @annotation.tailrec
    def loop(t: Term, n: Int): (Term, Int) =
      if n == limit then (t, n)
      else step(t) match
        case Some(next) => loop(next, n + 1)
        case None       => (t, n)
    loop(t, 0)

  def equivalent(a: Term, b: Term): Boolean =
    def go(a: Term, b: Term, names: Map[String, String]): Boolean = (a, b) match
      case (V(x), V(y))           => names.getOrElse(x, x) == y
      case (L(x, p), L(y, q))     => go(p, q, names.updated(x, y))
      case (A(f, x), A(g, y))     => go(f, g, names) && go(x, y, names)
      case _                      => false
    go(a, b, Map.empty)

object Main:
  import Lambda.*

  def numeral(n: Int): Term = L("f", L("x", (1 to n).foldLeft(V("x"): Term)((t, _) => A(V("f"), t))))
  def number(t: Term): Option[Int] =
    def count(t: Term): Option[Int] = t match
      case V("x")         => Some(0)
      case A(V("f"), r)   => count(r).map(_ + 1)
      case _              => None
    reduce(A(A(t, V("f")), V("x")), 5000)._1 match
      case body => count(body)

  def main(args: Array[String]): Unit =
    val plus = parse("\\m.\\n.\\f.\\x.m f(n f x)")
    val times = parse("\\m.\\n.\\f.m(n f)")
    val power = parse("\\m.\\n.n m")
    println(show(plus))
    println(show(parse("(\\x.x x)(\\y.y)")))
    println(show(reduce(parse("(\\x.x x)(\\y.y)"), 10)._1))
    println(show(reduce(parse("(\\x.\\y.x) y"), 10)._1))
    println(reduce(parse("(\\x.x x)(\\x.x x)"), 25)._2)
    println(number(A(A(plus, numeral(3)), numeral(4))))
    println(number(A(A(times, numeral(6)), numeral(7))))
    println(number(A(A(power, numeral(2)), numeral(5))))
    println(equivalent(parse("\\a.\\b.a b"), parse("\\x.\\y.x y")))
    println(equivalent(parse("\\a.\\b.a b"), parse("\\x.\\y.y x")))
    println(free(parse("\\x.x y(\\z.z w)")))
    val (end, steps) = reduce(A(A(plus, numeral(2)), numeral(2)), 100)
    println(s"${show(end)} in $steps steps")
