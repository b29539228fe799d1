// A tokenizer, a recursive descent parser, an evaluator and a simplifier of arithmetic expressions.
sealed trait Token
case class Number(value: Long) extends Token
case class Name(text: String) extends Token
case class Symbol(char: Char) extends Token

sealed trait Expr
case class Const(value: Long) extends Expr
case class Var(name: String) extends Expr
case class Unary(op: Char, e: Expr) extends Expr
case class Binary(op: Char, left: Expr, right: Expr) extends Expr
case class Call(name: String, args: List[Expr]) extends Expr

object Tokenizer:
  def tokens(text: String): Either[String, List[Token]] =
    def go(i: Int, acc: List[Token]): Either[String, List[Token]] =
      if i >= text.length then Right(acc.reverse)
      else
        val c = text(i)
        if c == ' ' then go(i + 1, acc)
        else if c.isDigit then
          val digits = text.drop(i).takeWhile(_.isDigit)
          go(i + digits.length, Number(digits.toLong) :: acc)
        else if c.isLetter then
          val name = text.drop(i).takeWhile(_.isLetterOrDigit)
          go(i + name.length, Name(name) :: acc)
        else if "+-*/%^(),".contains(c) then go(i + 1, Symbol(c) :: acc)
        else Left(s"unexpected '$c' at $i")
    go(0, Nil)

class Parser(private var rest: List[Token]):
  type Result[A] = Either[String, A]

  private def accept(c: Char): Boolean = rest match
    case Symbol(`c`) :: tail =>
      rest = tail
      true
    case _ => false

  def whole(): Result[Expr] = sum().flatMap { e =>
    if rest.isEmpty then Right(e) else Left(s"left over: ${rest.head}")
  }

  private def chain(operand: () => Result[Expr], ops: String): Result[Expr] =
    def loop(left: Expr): Result[Expr] = rest match
      case Symbol(op) :: tail if ops.contains(op) =>
        rest = tail
        operand().flatMap(right => loop(Binary(op, left, right)))
      case _ => Right(left)
    operand().flatMap(loop)

  private def sum(): Result[Expr] = chain(() => product(), "+-")
  private def product(): Result[Expr] = chain(() => power(), "*/%")

  private def power(): Result[Expr] = unary().flatMap { base =>
    if accept('^') then power().map(Binary('^', base, _)) else Right(base)
  }

  private def unary(): Result[Expr] =
    if accept('-') then unary().map(Unary('-', _)) else atom()

  private def atom(): Result[Expr] = rest match
    case Number(n) :: tail =>
      rest = tail
      Right(Const(n))
    case Name(n) :: tail =>
      rest = tail
      if accept('(') then arguments(Nil).map(Call(n, _)) else Right(Var(n))
    case Symbol('(') :: tail =>
      rest = tail
      sum().flatMap(e => if accept(')') then Right(e) else Left("missing )"))
    case t :: _ => Left(s"unexpected $t")
    case Nil    => Left("unexpected end")

  private def arguments(acc: List[Expr]): Result[List[Expr]] =
    if accept(')') then Right(acc.reverse)
    else sum().flatMap { e =>
      if accept(',') then arguments(e :: acc)
      else if accept(')') then Right((e :: acc).reverse)
      else Left("missing , or )")
    }

object Evaluator:
  type Env = Map[String, Long]

  def eval(e: Expr, env: Env): Either[String, Long] = e match
    case Const(n)      => Right(n)
    case Var(x)        => env.get(x).toRight(s"unknown $x")
    case Unary(_, a)   => eval(a, env).map(n => -n)
    case Binary(op, a, b) =>
      for
        x <- eval(a, env)
        y <- eval(b, env)
        r <- apply(op, x, y)
      yield r
    case Call("max", args) if args.nonEmpty => all(args, env).map(_.max)
    case Call("sum", args)                  => all(args, env).map(_.sum)
    case Call("abs", List(a))               => eval(a, env).map(n => math.abs(n))
    case Call(f, args)                      => Left(s"no function $f/${args.length}")

  private def all(es: List[Expr], env: Env): Either[String, List[Long]] =
    es.foldRight(Right(Nil): Either[String, List[Long]]) { (e, acc) =>
      for  rest <- acc; n <- eval(e, env)  yield n :: rest
    }

  private def apply(op: Char, x: Long, y: Long): Either[String, Long] = op match
    case '+'                     => Right(x + y)
    case '-'                     => Right(x - y)
    case '*'                     => Right(x * y)
    case '/' | '%' if y == 0     => Left("division by zero")
    case '/'                     => Right(x / y)
    case '%'                     => Right(x % y)
    case '^' if y < 0            => Left("negative exponent")
    case '^'                     => Right((1L to y).foldLeft(1L)((acc, _) => acc * x))
    case other                   => Left(s"no operator $other")

object Simplifier:
  def simplify(e: Expr): Expr = e match
    case Binary(op, a, b) => step(Binary(op, simplify(a), simplify(b)))
    case Unary('-', a)    => step(Unary('-', simplify(a)))
    case Call(f, args)    => Call(f, args.map(simplify))
    case other            => other

  private def step(e: Expr): Expr = e match
    case Binary('+', Const(0), x)                => x
    case Binary('+', x, Const(0))                => x
    case Binary('*', Const(1), x)                => x
    case Binary('*', x, Const(1))                => x
    case Binary('*', Const(0), _)                => Const(0)
    case Binary('-', x, y) if x == y             => Const(0)
    case Binary('+', Const(a), Const(b))         => Const(a + b)
    case Binary('*', Const(a), Const(b))         => Const(a * b)
    case Unary('-', Const(n))                    => Const(-n)
    case Unary('-', Unary('-', x))               => x
    case other                                   => other

  def show(e: Expr): String = e match
    case Const(n)         => n.toString
    case Var(x)           => x
    case Unary(op, a)     => s"$op${show(a)}"
    case Binary(op, a, b) => s"(${show(a)} $op ${show(b)})"
    case Call(f, args)    => args.map(show).mkString(f + "(", ", ", ")")

object Main:
  def main(args: Array[String]): Unit =
    val env = Map("x" -> 5L, "y" -> -3L)
    val inputs = List(
      "1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "10 - 4 - 3", "-x * -y", "max(x, y, 9) % 4",
      "sum(1, 2, 3) / (x - 5)", "abs(y) + z", "3 + * 4", "2 * (3", "7 $ 2", "foo(1)", "--7", "sum()", "0 + x * 1 + (2 + 3) * 0"
    )
    for text <- inputs do
      val result = for
        tokens <- Tokenizer.tokens(text)
        e <- new Parser(tokens).whole()
        n <- Evaluator.eval(e, env)
      yield s"${Simplifier.show(e)} = $n, simplified ${Simplifier.show(Simplifier.simplify(e))}"
      println(result.fold(problem => s"$text: $problem", identity))
