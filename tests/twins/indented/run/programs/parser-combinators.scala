// Parser combinators, and a small configuration language parsed with them.
case class Input(text: String, at: Int):
  def isEnd: Boolean = at >= text.length
  def head: Char = text.charAt(at)
  def advance: Input = Input(text, at + 1)

enum Reply[+A]:
  case Done(value: A, rest: Input)
  case Fail(expected: String, at: Int)

import Reply.*

class Parser[+A](val run: Input => Reply[A]):
  def map[B](f: A => B): Parser[B] = Parser { in =>
    run(in) match
      case Done(a, rest)   => Done(f(a), rest)
      case Fail(what, pos) => Fail(what, pos)
  }
  def flatMap[B](f: A => Parser[B]): Parser[B] = Parser { in =>
    run(in) match
      case Done(a, rest)   => f(a).run(rest)
      case Fail(what, pos) => Fail(what, pos)
  }
  def ~[B](that: => Parser[B]): Parser[(A, B)] =
    for
      a <- this
      b <- that
    yield (a, b)
  def ~>[B](that: => Parser[B]): Parser[B] = (this ~ that).map(_._2)
  def <~[B](that: => Parser[B]): Parser[A] = (this ~ that).map(_._1)
  def |[B >: A](that: => Parser[B]): Parser[B] = Parser { in =>
    run(in) match
      case d: Done[A] => d
      case Fail(w1, p1) =>
        that.run(in) match
          case d: Done[B]   => d
          case Fail(w2, p2) =>
            if p1 > p2 then Fail(w1, p1)
            else if p2 > p1 then Fail(w2, p2)
            else Fail(s"$w1 or $w2", p1)
  }
  def many: Parser[List[A]] = Parser { in =>
    def loop(rest: Input, acc: List[A]): Reply[List[A]] = run(rest) match
      case Done(a, next) if next.at > rest.at => loop(next, a :: acc)
      case _                                  => Done(acc.reverse, rest)
    loop(in, Nil)
  }
  def some: Parser[List[A]] = (this ~ many).map((a, as) => a :: as)
  def separatedBy[B](separator: Parser[B]): Parser[List[A]] =
    (this ~ (separator ~> this).many).map((a, as) => a :: as) | Parser.succeed(Nil)
  def parse(text: String): Either[String, A] = run(Input(text, 0)) match
    case Done(a, rest) if rest.isEnd => Right(a)
    case Done(_, rest)               => Left(s"left over at ${rest.at}: '${text.drop(rest.at).take(5)}'")
    case Fail(what, pos)             => Left(s"expected $what at $pos")

object Parser:
  def succeed[A](a: A): Parser[A] = new Parser(in => Done(a, in))
  def char(what: String)(ok: Char => Boolean): Parser[Char] = new Parser(in =>
    if !in.isEnd && ok(in.head) then Done(in.head, in.advance) else Fail(what, in.at)
  )
  def symbol(c: Char): Parser[Char] = char(s"'$c'")(_ == c) <~ spaces
  val spaces: Parser[List[Char]] = char("space")(c => c == ' ' || c == '\n').many
  def token[A](p: Parser[A]): Parser[A] = p <~ spaces

enum Value:
  case Num(n: Int)
  case Text(s: String)
  case Flag(b: Boolean)
  case Items(values: List[Value])
  case Section(entries: List[(String, Value)])

  def show: String = this match
    case Num(n)     => n.toString
    case Text(s)    => s"\"$s\""
    case Flag(b)    => if b then "on" else "off"
    case Items(vs)  => vs.map(_.show).mkString("[", ",", "]")
    case Section(e) => e.map((k, v) => s"$k=${v.show}").mkString("{", ";", "}")

object Config:
  import Parser.*
  val number: Parser[Value] = token(char("digit")(_.isDigit).some).map(ds => Value.Num(ds.mkString.toInt))
  val text: Parser[Value] = (char("quote")(_ == '"') ~> char("character")(_ != '"').many <~ symbol('"')).map(cs => Value.Text(cs.mkString))
  val word: Parser[String] = token(char("letter")(_.isLetter).some).map(_.mkString)
  val flag: Parser[Value] = word.flatMap:
    case "on"  => succeed(Value.Flag(true))
    case "off" => succeed(Value.Flag(false))
    case other => new Parser(in => Fail("on or off", in.at - other.length))
  def items: Parser[Value] = (symbol('[') ~> value.separatedBy(symbol(',')) <~ symbol(']')).map(Value.Items(_))
  def section: Parser[Value] = (symbol('{') ~> entry.many <~ symbol('}')).map(Value.Section(_))
  def value: Parser[Value] = number | text | flag | items | section
  def entry: Parser[(String, Value)] = (word <~ symbol('=')) ~ value
  val file: Parser[Value] = spaces ~> entry.many.map(Value.Section(_))

@main def run(): Unit =
  val good =
    """ name = "server one"
      | port = 8080
      | hosts = ["a", "b", [1, 2]]
      | tls = { active = on level = 3 empty = [] }
      |""".stripMargin
  println(Config.file.parse(good).map(_.show))
  println(Config.file.parse("a = 1 b = ").map(_.show))
  println(Config.file.parse("a = [1, 2").map(_.show))
  println(Config.file.parse("a = maybe").map(_.show))
  println(Config.file.parse("a = 1 ! b").map(_.show))
  println(Config.items.parse("[1,2,3]").map(_.show))
  println(Config.items.parse("[]").map(_.show))
