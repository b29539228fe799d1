// Types of a small functional language by inference with unification.
enum Type {
  case Int, Bool
  case Fun(from: Type, to: Type)
  case Pair(a: Type, b: Type)
  case Var(id: Int)

  override def toString: String = this match {
    case Int                   => "Int"
    case Bool                  => "Bool"
    case Fun(f @ Fun(_, _), t) => s"($f) -> $t"
    case Fun(f, t)             => s"$f -> $t"
    case Pair(a, b)            => s"($a, $b)"
    case Var(n)                => s"t$n"
  }
}

enum Term {
  case Num(n: scala.Int)
  case Flag(b: Boolean)
  case Ref(name: String)
  case Lam(name: String, body: Term)
  case App(f: Term, a: Term)
  case Let(name: String, value: Term, body: Term)
  case If(c: Term, yes: Term, no: Term)
  case Both(a: Term, b: Term)
}

case class Scheme(bound: Set[scala.Int], body: Type)

class Inference {
  import Type.*
  import Term.*

  private var next = 0
  private var solved: Map[scala.Int, Type] = Map.empty

  private def fresh(): Type = {
    next += 1
    Var(next)
  }

  private def resolve(t: Type): Type = t match {
    case Var(n)     => solved.get(n).map(resolve).getOrElse(t)
    case Fun(a, b)  => Fun(resolve(a), resolve(b))
    case Pair(a, b) => Pair(resolve(a), resolve(b))
    case other      => other
  }

  private def free(t: Type): Set[scala.Int] = resolve(t) match {
    case Var(n)     => Set(n)
    case Fun(a, b)  => free(a) | free(b)
    case Pair(a, b) => free(a) | free(b)
    case _          => Set.empty
  }

  private def unify(a: Type, b: Type): Either[String, Unit] = (resolve(a), resolve(b)) match {
    case (x, y) if x == y => Right(())
    case (Var(n), t) =>
      if free(t).contains(n) then Left(s"infinite type ${Var(n)} = $t")
      else {
        solved = solved.updated(n, t)
        Right(())
      }
    case (t, v @ Var(_))            => unify(v, t)
    case (Fun(a1, b1), Fun(a2, b2))   => unify(a1, a2).flatMap(_ => unify(b1, b2))
    case (Pair(a1, b1), Pair(a2, b2)) => unify(a1, a2).flatMap(_ => unify(b1, b2))
    case (x, y)                     => Left(s"$x is not $y")
  }

  private def instantiate(s: Scheme): Type = {
    val renaming = s.bound.toList.sorted.map(n => n -> fresh()).toMap
    def go(t: Type): Type = t match {
      case Var(n)     => renaming.getOrElse(n, t)
      case Fun(a, b)  => Fun(go(a), go(b))
      case Pair(a, b) => Pair(go(a), go(b))
      case other      => other
    }
    go(resolve(s.body))
  }

  type Env = Map[String, Scheme]

  def infer(t: Term, env: Env): Either[String, Type] = t match {
    case Num(_)  => Right(Int)
    case Flag(_) => Right(Bool)
    case Ref(x)  => env.get(x).toRight(s"unknown $x").map(instantiate)
    case Lam(x, body) =>
      val a = fresh()
      infer(body, env.updated(x, Scheme(Set.empty, a))).map(b => Fun(a, b))
    case App(f, a) =>
      for {
        tf <- infer(f, env)
        ta <- infer(a, env)
        result = fresh()
        _ <- unify(tf, Fun(ta, result))
      }
      yield result
    case Let(x, v, body) =>
      infer(v, env).flatMap { tv =>
        val outer = env.values.toList.flatMap(s => free(s.body) -- s.bound).toSet
        infer(body, env.updated(x, Scheme(free(tv) -- outer, tv)))
      }
    case If(c, y, n) =>
      for {
        tc <- infer(c, env)
        _ <- unify(tc, Bool)
        ty <- infer(y, env)
        tn <- infer(n, env)
        _ <- unify(ty, tn)
      }
      yield ty
    case Both(a, b) =>
      for {
        ta <- infer(a, env)
        tb <- infer(b, env)
      }
      yield Pair(ta, tb)
  }

  def name(t: Type): Type = {
    val resolved = resolve(t)
    def order(t: Type): List[scala.Int] = t match {
      case Var(n)     => List(n)
      case Fun(a, b)  => order(a) ::: order(b)
      case Pair(a, b) => order(a) ::: order(b)
      case _          => Nil
    }
    val names = order(resolved).distinct.zipWithIndex.toMap
    def go(t: Type): Type = t match {
      case Var(n)     => Var(names(n))
      case Fun(a, b)  => Fun(go(a), go(b))
      case Pair(a, b) => Pair(go(a), go(b))
      case other      => other
    }
    go(resolved)
  }
}

@main def run(): Unit = {
  import Type.{Int as I, Bool as B, *}
  import Term.*
  val prelude = Map(
    "add" -> Scheme(Set.empty, Fun(I, Fun(I, I))),
    "less" -> Scheme(Set.empty, Fun(I, Fun(I, B))),
    "first" -> Scheme(Set(-1, -2), Fun(Pair(Var(-1), Var(-2)), Var(-1)))
  )
  val id = Lam("x", Ref("x"))
  val terms = List(
    App(App(Ref("add"), Num(1)), Num(2)),
    id,
    Lam("f", Lam("g", Lam("x", App(Ref("f"), App(Ref("g"), Ref("x")))))),
    Let("id", id, Both(App(Ref("id"), Num(1)), App(Ref("id"), Flag(true)))),
    Lam("id", Both(App(Ref("id"), Num(1)), App(Ref("id"), Flag(true)))),
    Lam("x", App(Ref("x"), Ref("x"))),
    If(App(App(Ref("less"), Num(1)), Num(2)), Num(3), Flag(false)),
    Lam("p", App(Ref("first"), Both(Ref("p"), Num(1)))),
    Lam("b", Lam("x", Lam("y", If(Ref("b"), Ref("x"), Ref("y"))))),
    App(Num(1), Num(2)),
    Ref("z"),
    Let("k", Lam("a", Lam("b", Ref("a"))), App(Ref("k"), Ref("k")))
  )
  for t <- terms do {
    val inference = Inference()
    println(inference.infer(t, prelude).map(inference.name).fold(e => s"error: $e", _.toString))
  }
}
