// A small compiler to stack code, and a machine that runs it.
enum Instruction {
  case Push(n: Int)
  case Load(name: String)
  case Store(name: String)
  case Add, Sub, Mul, Less
  case Jump(to: Int)
  case JumpIfZero(to: Int)
  case Print
}

enum Node {
  case Lit(n: Int)
  case Ref(name: String)
  case Op(op: Char, a: Node, b: Node)
  case Assign(name: String, value: Node)
  case While(condition: Node, body: List[Node])
  case If(condition: Node, yes: List[Node], no: List[Node])
  case Out(value: Node)
}

object Compiler {
  import Node.*
  import Instruction.*

  def compile(program: List[Node]): Vector[Instruction] =
    program.foldLeft(Vector.empty[Instruction])((code, n) => code ++ emit(n, code.length))

  private def block(nodes: List[Node], at: Int): Vector[Instruction] =
    nodes.foldLeft(Vector.empty[Instruction])((code, n) => code ++ emit(n, at + code.length))

  private def emit(n: Node, at: Int): Vector[Instruction] = n match {
    case Lit(k)         => Vector(Push(k))
    case Ref(x)         => Vector(Load(x))
    case Op(op, a, b) =>
      val left = emit(a, at)
      val right = emit(b, at + left.length)
      val last = op match {
        case '+' => Add
        case '-' => Sub
        case '*' => Mul
        case '<' => Less
        case _   => sys.error(s"no operator $op")
      }
      left ++ right :+ last
    case Assign(x, v) => emit(v, at) :+ Store(x)
    case Out(v)       => emit(v, at) :+ Print
    case While(c, body) =>
      val condition = emit(c, at)
      val inner = block(body, at + condition.length + 1)
      val end = at + condition.length + 1 + inner.length + 1
      (condition :+ JumpIfZero(end)) ++ (inner :+ Jump(at))
    case If(c, yes, no) =>
      val condition = emit(c, at)
      val first = block(yes, at + condition.length + 1)
      val middle = at + condition.length + 1 + first.length + 1
      val second = block(no, middle)
      (condition :+ JumpIfZero(middle)) ++ (first :+ Jump(middle + second.length)) ++ second
  }
}

case class State(pc: Int, stack: List[Int], memory: Map[String, Int], output: List[Int], steps: Int)

object Machine {
  import Instruction.*

  def run(code: Vector[Instruction], limit: Int): Either[String, State] = {
    def loop(s: State): Either[String, State] =
      if s.steps > limit then Left(s"stopped after $limit steps")
      else if s.pc >= code.length then Right(s)
      else step(s, code(s.pc)) match {
        case Right(next) => loop(next.copy(steps = s.steps + 1))
        case Left(why)   => Left(s"at ${s.pc}: $why")
      }
    loop(State(0, Nil, Map.empty, Nil, 0))
  }

  private def step(s: State, i: Instruction): Either[String, State] = {
    val next = s.copy(pc = s.pc + 1)
    (i, s.stack) match {
      case (Push(n), st)              => Right(next.copy(stack = n :: st))
      case (Load(x), st)              => s.memory.get(x).toRight(s"$x has no value").map(v => next.copy(stack = v :: st))
      case (Store(x), v :: st)        => Right(next.copy(stack = st, memory = s.memory.updated(x, v)))
      case (Add, b :: a :: st)        => Right(next.copy(stack = a + b :: st))
      case (Sub, b :: a :: st)        => Right(next.copy(stack = a - b :: st))
      case (Mul, b :: a :: st)        => Right(next.copy(stack = a * b :: st))
      case (Less, b :: a :: st)       => Right(next.copy(stack = (if a < b then 1 else 0) :: st))
      case (Jump(to), _)              => Right(s.copy(pc = to))
      case (JumpIfZero(to), 0 :: st)  => Right(s.copy(pc = to, stack = st))
      case (JumpIfZero(_), _ :: st)   => Right(next.copy(stack = st))
      case (Print, v :: st)           => Right(next.copy(stack = st, output = v :: s.output))
      case (other, _)                 => Left(s"stack too short for $other")
    }
  }
}

@main def run(): Unit = {
  import Node.*
  val factorial = List(
    Assign("n", Lit(6)),
    Assign("f", Lit(1)),
    While(Op('<', Lit(0), Ref("n")), List(
      Assign("f", Op('*', Ref("f"), Ref("n"))),
      Assign("n", Op('-', Ref("n"), Lit(1)))
    )),
    Out(Ref("f")),
    If(Op('<', Ref("f"), Lit(100)), List(Out(Lit(1))), List(Out(Lit(2)), Out(Lit(3))))
  )
  val code = Compiler.compile(factorial)
  code.zipWithIndex.foreach((i, n) => println(s"$n $i"))
  Machine.run(code, 1000) match {
    case Right(s)  => println(s"${s.output.reverse} in ${s.steps} steps, ${s.memory}")
    case Left(why) => println(why)
  }
  println(Machine.run(Compiler.compile(List(While(Lit(1), Nil))), 50))
  println(Machine.run(Compiler.compile(List(Out(Ref("x")))), 50))
  println(Machine.run(Vector(Instruction.Push(1), Instruction.Add), 50))
}
