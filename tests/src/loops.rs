//! Families of programs that make a type checker loop, or explode, for want of a limit. Each is a
//! generator with a size; whatever the size, the compiler must come to an end soon.

use std::fmt::Write as _;

/// What a family must end in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// No finding: what looks endless is not.
    Clean,
    /// Errors, of these codes only.
    Errors(&'static [&'static str]),
}

/// A family.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Its name.
    pub name: &'static str,
    /// The size at which it is run.
    pub size: usize,
    /// How it must end.
    pub end: End,
    /// The program of this size.
    pub source: fn(usize) -> String,
}

fn lines(n: usize, mut line: impl FnMut(usize) -> String) -> String {
    (0..n).map(|i| line(i) + "\n").collect()
}

fn nested(n: usize, open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(n), close.repeat(n))
}

/// All families.
pub const FAMILIES: &[Family] = &[
    Family {
        name: "recursive bounds",
        size: 200,
        end: End::Errors(&["E0305"]),
        source: recursive_bounds,
    },
    Family {
        name: "bounds in a circle",
        size: 100,
        end: End::Errors(&["E0208"]),
        source: bound_circle,
    },
    Family { name: "f-bounds of each other", size: 50, end: End::Clean, source: f_bounds },
    Family {
        name: "growing given search",
        size: 1,
        end: End::Errors(&["E0314"]),
        source: growing_given,
    },
    Family {
        name: "mutually recursive givens",
        size: 50,
        end: End::Errors(&["E0314"]),
        source: mutual_givens,
    },
    Family {
        name: "branching given search",
        size: 30,
        end: End::Errors(&["E0314"]),
        source: branching_givens,
    },
    // GIVEN_DEPTH_MAX is reached between these two.
    Family { name: "chain of givens", size: 63, end: End::Clean, source: given_chain },
    Family {
        name: "too long chain of givens",
        size: 64,
        end: End::Errors(&["E0314"]),
        source: given_chain,
    },
    Family { name: "nested overloaded calls", size: 60, end: End::Clean, source: overloaded_calls },
    Family {
        name: "nested lambdas of overloads",
        size: 12,
        end: End::Clean,
        source: overloaded_lambdas,
    },
    Family { name: "thousand overloads", size: 1000, end: End::Clean, source: many_overloads },
    Family {
        name: "long chain of mixed additions",
        size: 900,
        end: End::Clean,
        source: long_chain,
    },
    Family {
        name: "tuple of many enums",
        size: 20,
        end: End::Errors(&["E0410", "G0401"]),
        source: many_columns,
    },
    Family {
        name: "diagonal patterns",
        size: 18,
        end: End::Errors(&["E0410", "G0401"]),
        source: diagonal,
    },
    Family {
        name: "alternatives in every column",
        size: 16,
        end: End::Errors(&["E0410", "G0401"]),
        source: alternatives,
    },
    Family { name: "giant match of literals", size: 3000, end: End::Clean, source: giant_match },
    Family { name: "enum of many cases", size: 600, end: End::Clean, source: giant_enum },
    Family {
        name: "cyclic aliases",
        size: 100,
        end: End::Errors(&["E0208"]),
        source: cyclic_aliases,
    },
    Family {
        name: "growing cyclic aliases",
        size: 1,
        end: End::Errors(&["E0208"]),
        source: growing_aliases,
    },
    Family {
        name: "aliases that double",
        size: 40,
        end: End::Errors(&["G0301"]),
        source: doubling_aliases,
    },
    Family {
        name: "values whose type doubles",
        size: 40,
        end: End::Errors(&["G0301"]),
        source: doubling_values,
    },
    // TYPE_SIZE_MAX is reached between these two.
    Family { name: "type that just fits", size: 11, end: End::Clean, source: doubling_values },
    Family {
        name: "type that just does not fit",
        size: 12,
        end: End::Errors(&["G0301"]),
        source: doubling_values,
    },
    Family {
        name: "cyclic inheritance",
        size: 200,
        end: End::Errors(&["E0209"]),
        source: cyclic_inheritance,
    },
    Family {
        name: "expansive inheritance",
        size: 1,
        end: End::Errors(&["E0301", "G0301"]),
        source: expansive,
    },
    Family {
        name: "expanding polymorphic recursion",
        size: 1,
        end: End::Clean,
        source: polymorphic_recursion,
    },
    Family { name: "huge union", size: 80, end: End::Clean, source: huge_union },
    Family { name: "huge intersection", size: 80, end: End::Clean, source: huge_intersection },
    Family { name: "self types of each other", size: 100, end: End::Clean, source: self_types },
    Family { name: "deep tuples", size: 60, end: End::Clean, source: deep_tuples },
    Family { name: "nested if", size: 100, end: End::Clean, source: nested_if },
    Family { name: "nested for", size: 40, end: End::Clean, source: nested_for },
    // INLINE_DEPTH_MAX is reached between these two.
    Family { name: "inline recursion", size: 31, end: End::Clean, source: inline_recursion },
    Family {
        name: "too deep inline recursion",
        size: 32,
        end: End::Errors(&["E0345"]),
        source: inline_recursion,
    },
    // INLINE_CALLS_MAX is reached between these two.
    Family { name: "inline branches", size: 5000, end: End::Clean, source: inline_branches },
    Family {
        name: "too many inline branches",
        size: 5001,
        end: End::Errors(&["E0345"]),
        source: inline_branches,
    },
    Family {
        name: "inline branches that double",
        size: 31,
        end: End::Errors(&["E0345"]),
        source: inline_doubling,
    },
    Family {
        name: "endless inline recursion",
        size: 20,
        end: End::Errors(&["E0345"]),
        source: endless_inline,
    },
    Family {
        name: "recursive opaque types",
        size: 1,
        end: End::Errors(&["E0208"]),
        source: recursive_opaque,
    },
    Family { name: "least bound without end", size: 1, end: End::Clean, source: endless_bound },
    Family { name: "list of many classes", size: 400, end: End::Clean, source: many_classes },
    Family {
        name: "results that need each other",
        size: 200,
        end: End::Errors(&["E0307"]),
        source: result_circle,
    },
    Family { name: "long selections", size: 900, end: End::Clean, source: long_selection },
    Family { name: "deep inheritance", size: 300, end: End::Clean, source: deep_inheritance },
    Family { name: "diamonds upon diamonds", size: 60, end: End::Clean, source: diamonds },
    Family { name: "curried functions", size: 100, end: End::Clean, source: curried },
];

fn recursive_bounds(n: usize) -> String {
    lines(n, |i| format!("trait T{i}[A <: T{}[A]]", (i + 1) % n))
}

fn bound_circle(n: usize) -> String {
    let params: Vec<String> = (0..n).map(|i| format!("A{i} <: A{}", (i + 1) % n)).collect();
    format!("def f[{}](x: A0): Int = 1\n", params.join(", "))
}

fn f_bounds(n: usize) -> String {
    let traits = lines(n, |i| format!("trait T{i}[A <: T{i}[A]]:\n  def next: A"));
    let classes = lines(n, |i| format!("class C{i} extends T{i}[C{i}]:\n  def next: C{i} = this"));
    let uses = lines(n, |i| {
        format!("def f{i}[A <: T{i}[A]](a: A): A = a.next.next\nval v{i} = f{i}(C{i}())")
    });
    traits + &classes + &uses
}

fn growing_given(_: usize) -> String {
    "trait Show[A]\ngiven grow[A](using Show[List[A]]): Show[A] = new Show[A] {}\n\
     val shown = summon[Show[Int]]\n"
        .to_string()
}

fn mutual_givens(n: usize) -> String {
    let traits = lines(n, |i| format!("trait T{i}"));
    let givens = lines(n, |i| format!("given g{i}(using T{}): T{i} = new T{i} {{}}", (i + 1) % n));
    traits + &givens + "val found = summon[T0]\n"
}

fn branching_givens(n: usize) -> String {
    let traits = lines(n + 1, |i| format!("trait T{i}"));
    let givens = lines(n, |i| {
        let next = i + 1;
        format!("given a{i}(using T{next}, T{next}): T{i} = new T{i} {{}}")
    });
    traits + &givens + "val found = summon[T0]\n"
}

fn given_chain(n: usize) -> String {
    let traits = lines(n + 1, |i| format!("trait T{i}"));
    let givens = lines(n, |i| format!("given g{i}(using T{}): T{i} = new T{i} {{}}", i + 1));
    format!("{traits}{givens}given last: T{n} = new T{n} {{}}\nval found = summon[T0]\n")
}

fn overloaded_calls(n: usize) -> String {
    let overloads =
        "def f(x: Int): Int = x\ndef f(x: String): String = x\ndef f(x: Long): Long = x\n";
    format!("{overloads}val v = {}\n", nested(n, "f(", "1", ")"))
}

fn overloaded_lambdas(n: usize) -> String {
    let mut text =
        "object O:\n  def f(g: Int => Int): Int = g(1)\n  def f(g: Int => String): String = g(1)\n"
            .to_string();
    let opens: String = (0..n).map(|i| format!("O.f(x{i} => ")).collect();
    let _ = writeln!(text, "val v = {opens}x0{}", ")".repeat(n));
    text
}

fn many_overloads(n: usize) -> String {
    let classes = lines(n, |i| format!("class C{i}"));
    let methods = lines(n, |i| format!("  def f(x: C{i}): Int = {i}"));
    let uses = lines(50, |i| format!("val v{i} = O.f(C{}())", i * n / 50));
    format!("{classes}object O:\n{methods}{uses}")
}

fn long_chain(n: usize) -> String {
    let terms: Vec<&str> = (0..n).map(|i| ["1", "2L", "'c'", "1.5", "b"][i % 5]).collect();
    format!("def sum(b: Byte): Double = {}\n", terms.join(" + "))
}

fn columns(n: usize) -> String {
    let params: Vec<String> = (0..n).map(|i| format!("e{i}: E")).collect();
    format!("enum E:\n  case A, B, C\n\ndef f({}): Int =\n", params.join(", "))
}

fn scrutinee(n: usize) -> String {
    let names: Vec<String> = (0..n).map(|i| format!("e{i}")).collect();
    format!("  ({}) match\n", names.join(", "))
}

fn many_columns(n: usize) -> String {
    let row = |i: usize| {
        let parts: Vec<&str> = (0..n).map(|j| if i == j { "E.A" } else { "_" }).collect();
        format!("    case ({}) => {i}", parts.join(", "))
    };
    columns(n) + &scrutinee(n) + &lines(n, row)
}

fn diagonal(n: usize) -> String {
    let row = |i: usize| {
        let parts: Vec<&str> = (0..n)
            .map(|j| {
                if j == i {
                    "E.A"
                } else if j == (i + 1) % n {
                    "E.B"
                } else {
                    "_"
                }
            })
            .collect();
        format!("    case ({}) => {i}", parts.join(", "))
    };
    columns(n) + &scrutinee(n) + &lines(n, row)
}

fn alternatives(n: usize) -> String {
    let row = |i: usize| {
        let parts: Vec<&str> = (0..n)
            .map(|j| if (i + j).is_multiple_of(2) { "(E.A | E.B)" } else { "(E.B | E.C)" })
            .collect();
        format!("    case ({}) => {i}", parts.join(", "))
    };
    columns(n) + &scrutinee(n) + &lines(2, row)
}

fn giant_match(n: usize) -> String {
    let cases = lines(n, |i| format!("  case {i} => {}", i + 1));
    format!("def f(n: Int): Int = n match\n{cases}  case _ => 0\n")
}

fn giant_enum(n: usize) -> String {
    let cases = lines(n, |i| format!("  case C{i}"));
    let uses = lines(n, |i| format!("  case E.C{i} => {i}"));
    format!("enum E:\n{cases}\ndef f(e: E): Int = e match\n{uses}")
}

fn cyclic_aliases(n: usize) -> String {
    lines(n, |i| format!("type T{i} = T{}", (i + 1) % n)) + "def f(x: T0): Int = 1\n"
}

fn growing_aliases(_: usize) -> String {
    "type A[X] = B[List[X]]\ntype B[X] = A[Option[X]]\ndef f(x: A[Int]): Int = 1\n".to_string()
}

fn doubling_aliases(n: usize) -> String {
    let aliases = lines(n, |i| match i {
        0 => "type T0[X] = (X, X)".to_string(),
        _ => format!("type T{i}[X] = T{}[T{}[X]]", i - 1, i - 1),
    });
    format!("{aliases}def f(x: T{}[Int]): Any = x\n", n - 1)
}

fn doubling_values(n: usize) -> String {
    let values = lines(n, |i| match i {
        0 => "  val v0 = dup(1)".to_string(),
        _ => format!("  val v{i} = dup(v{})", i - 1),
    });
    format!("def dup[A](a: A): (A, A) = (a, a)\nobject O:\n{values}  val last: Any = v{}\n", n - 1)
}

fn cyclic_inheritance(n: usize) -> String {
    lines(n, |i| format!("class C{i} extends C{}", (i + 1) % n))
}

fn expansive(_: usize) -> String {
    "trait N[-Z]\ntrait C[X] extends N[N[C[C[X]]]]\ndef f(c: C[Int]): N[C[Int]] = c\n".to_string()
}

fn polymorphic_recursion(_: usize) -> String {
    "def depth[A](a: A, n: Int): Int = if n == 0 then 0 else 1 + depth(List(a), n - 1)\n\
     val d = depth(1, 10)\n"
        .to_string()
}

fn huge_union(n: usize) -> String {
    let classes = lines(n, |i| format!("class C{i}"));
    let names: Vec<String> = (0..n).map(|i| format!("C{i}")).collect();
    let back: Vec<String> = names.iter().rev().cloned().collect();
    let (one, other) = (names.join(" | "), back.join(" | "));
    format!("{classes}def f(x: {one}): {other} = x\ndef g(x: C{}): {one} = f(x)\n", n - 1)
}

fn huge_intersection(n: usize) -> String {
    let traits = lines(n, |i| format!("trait T{i}:\n  def m{i}: Int"));
    let names: Vec<String> = (0..n).map(|i| format!("T{i}")).collect();
    let back: Vec<String> = names.iter().rev().cloned().collect();
    let (one, other) = (names.join(" & "), back.join(" & "));
    format!("{traits}def f(x: {one}): {other} = x\ndef g(x: {one}): Int = f(x).m{}\n", n - 1)
}

fn self_types(n: usize) -> String {
    lines(n, |i| {
        let next = (i + 1) % n;
        format!("trait T{i}:\n  self: T{next} =>\n  def m{i}: Int = m{next}")
    })
}

fn deep_tuples(n: usize) -> String {
    let (ty, value) = (nested(n, "(Int, ", "Int", ")"), nested(n, "(1, ", "2", ")"));
    format!("val v: {ty} = {value}\nval w = v._2._2._1\n")
}

fn nested_if(n: usize) -> String {
    let opens: String = (0..n).map(|i| format!("if n > {i} then {i} else (")).collect();
    format!("def f(n: Int): Int = {opens}0{}\n", ")".repeat(n))
}

fn nested_for(n: usize) -> String {
    let heads: String = (0..n).map(|i| format!("x{i} <- List({i}); ")).collect();
    format!("def f: List[Int] = for {{ {heads}y = x0 }} yield y\n")
}

fn inline_recursion(n: usize) -> String {
    format!(
        "inline def down(inline n: Int): Int = inline if n == 0 then 0 else down(n - 1)\n\
         val a = down({n})\n"
    )
}

/// `2 * n` calls.
fn inline_branches(n: usize) -> String {
    format!(
        "inline def sum(inline low: Int, inline high: Int): Int =\n  \
           inline if low == high then low\n  \
           else sum(low, (low + high) / 2) + sum((low + high) / 2 + 1, high)\n\
         inline def all(inline n: Int): Int = sum(1, n)\n\
         val a = all({n})\n"
    )
}

fn inline_doubling(n: usize) -> String {
    format!(
        "inline def f(inline n: Int): Int = inline if n == 0 then 1 else f(n - 1) + f(n - 1)\n\
         val a = f({n})\n"
    )
}

fn endless_inline(n: usize) -> String {
    lines(n, |i| format!("inline def f{i}(inline n: Int): Int = f{}(n + 1) + f0(n)", (i + 1) % n))
        + "inline def g(inline n: Int): Int = g(n * 2) + g(n * 2 + 1)\n"
        + "val a = f0(1)\nval b = g(1)\n"
}

fn recursive_opaque(_: usize) -> String {
    "object O:\n  opaque type A = B\n  opaque type B = A\n  def f(a: A): B = a\n".to_string()
}

fn endless_bound(_: usize) -> String {
    "trait C[+A]\nclass X extends C[Y]\nclass Y extends C[X]\nval both = List(X(), Y())\n\
     val one = if both.isEmpty then X() else Y()\n"
        .to_string()
}

fn many_classes(n: usize) -> String {
    let classes = lines(n, |i| format!("class C{i} extends P with Q[C{i}]"));
    let values: Vec<String> = (0..n).map(|i| format!("C{i}()")).collect();
    format!("trait P\ntrait Q[+A]\n{classes}val all: List[P] = List({})\n", values.join(", "))
}

fn result_circle(n: usize) -> String {
    let methods = lines(n, |i| format!("  def m{i} = m{}", (i + 1) % n));
    format!("object O:\n{methods}")
}

fn long_selection(n: usize) -> String {
    format!("class C:\n  def c: C = this\ndef f(c: C): C = c{}\n", ".c".repeat(n))
}

fn deep_inheritance(n: usize) -> String {
    let classes = lines(n, |i| match i {
        0 => "class C0:\n  def m: Int = 0".to_string(),
        _ => format!("class C{i} extends C{}:\n  override def m: Int = super.m + {i}", i - 1),
    });
    format!("{classes}val v: Int = C{}().m\n", n - 1)
}

fn diamonds(n: usize) -> String {
    let traits = lines(n, |i| match i {
        0 => "trait A0\ntrait B0".to_string(),
        _ => {
            let last = i - 1;
            format!(
                "trait A{i} extends A{last} with B{last}\ntrait B{i} extends B{last} with A{last}"
            )
        }
    });
    format!("{traits}def f(x: A{}): A0 & B0 = x\n", n - 1)
}

fn curried(n: usize) -> String {
    let params: String = (0..n).map(|i| format!("(x{i}: Int) => ")).collect();
    let ty = "Int => ".repeat(n);
    let args = "(1)".repeat(n);
    format!("val f: {ty}Int = {params}x0\nval v: Int = f{args}\n")
}
