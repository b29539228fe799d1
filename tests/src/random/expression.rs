//! Expressions of a wanted type, made from rows.

use super::Random;
use super::rows::{Bindings, Piece, Row, Ty};
use std::fmt::Write as _;

/// What expressions of one program are made from.
#[derive(Debug)]
pub(super) struct Maker {
    /// Chance.
    pub random: Random,
    /// All rows that may be used.
    pub rows: Vec<Row>,
    /// The program's own types of data.
    pub types: Vec<Ty>,
    /// Names that may be used.
    pub scope: Vec<(String, Ty)>,
    /// How many names and numbers have been given out.
    names: usize,
    /// How many more rows this expression may use.
    budget: usize,
}

/// How many rows an expression uses at most.
const BUDGET: usize = 6;

impl Maker {
    pub fn new(random: Random, rows: Vec<Row>) -> Self {
        Maker { random, rows, types: Vec::new(), scope: Vec::new(), names: 0, budget: 0 }
    }

    /// A new name.
    pub fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// A type of data.
    pub fn data_type(&mut self, depth: usize) -> Ty {
        const SCALARS: [&str; 9] =
            ["Int", "Int", "Int", "String", "String", "Boolean", "Long", "Char", "Double"];
        let simple = depth == 0 || self.random.one_in(2);
        if simple {
            if !self.types.is_empty() && self.random.one_in(4) {
                return self.random.pick(&self.types).clone();
            }
            return Ty::named(SCALARS[self.random.below(SCALARS.len())]);
        }
        let mut part = || self.data_type(depth - 1);
        let (first, second) = (part(), part());
        match self.random.below(8) {
            0 | 1 => Ty::Named("List".to_string(), vec![first]),
            2 => Ty::Named("Option".to_string(), vec![first]),
            3 => Ty::Named("Vector".to_string(), vec![first]),
            4 => Ty::Tuple(vec![first, second]),
            5 => Ty::Named("Either".to_string(), vec![first, second]),
            6 => Ty::Named("Set".to_string(), vec![self.key_type()]),
            _ => Ty::Named("Map".to_string(), vec![self.key_type(), second]),
        }
    }

    fn key_type(&mut self) -> Ty {
        const KEYS: [&str; 6] = ["Int", "Int", "String", "Char", "Long", "Boolean"];
        let simple = |random: &mut Random| Ty::named(KEYS[random.below(KEYS.len())]);
        if self.random.one_in(6) {
            Ty::Tuple(vec![simple(&mut self.random), simple(&mut self.random)])
        } else {
            simple(&mut self.random)
        }
    }

    /// An expression of the type.
    pub fn expression(&mut self, ty: &Ty, depth: usize) -> String {
        self.budget = BUDGET;
        self.value(ty, depth)
    }

    fn value(&mut self, ty: &Ty, depth: usize) -> String {
        let known: Vec<usize> =
            (0..self.scope.len()).filter(|at| self.scope[*at].1 == *ty).collect();
        if !known.is_empty() && self.random.below(10) < 4 {
            return self.scope[*self.random.pick(&known)].0.clone();
        }
        if depth == 0 || self.budget == 0 {
            return self.leaf(ty);
        }
        let mut fitting = Vec::new();
        let mut total = 0;
        for (at, row) in self.rows.iter().enumerate() {
            let mut bindings = Bindings::default();
            if row.result.matches(ty, &mut bindings) {
                total += row.weight;
                fitting.push((total, at, bindings));
            }
        }
        if fitting.is_empty() {
            return self.leaf(ty);
        }
        self.budget -= 1;
        let chosen = self.random.below(total);
        let at = fitting.partition_point(|(upto, _, _)| *upto <= chosen);
        let (_, row, bindings) = fitting.swap_remove(at);
        let row = self.rows[row].clone();
        self.fill(&row, bindings, depth)
    }

    fn fill(&mut self, row: &Row, mut bindings: Bindings, depth: usize) -> String {
        let mut out = String::new();
        let mut given: Vec<(String, String)> = Vec::new();
        for piece in &row.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Name(name) => out.push_str(&self.given(name, &mut given)),
                Piece::Type(ty) => {
                    let ty = self.bound(ty, &mut bindings, depth);
                    let _ = write!(out, "{ty}");
                }
                Piece::Number => {
                    self.names += 1;
                    let _ = write!(out, "{}", self.names);
                }
                Piece::Small => {
                    let _ = write!(out, "{}", self.random.below(6));
                }
                Piece::Hole(ty, names) => {
                    let ty = self.bound(ty, &mut bindings, depth);
                    let before = self.scope.len();
                    for (name, ty) in names {
                        let name = self.given(name, &mut given);
                        let ty = self.bound(ty, &mut bindings, depth);
                        self.scope.push((name, ty));
                    }
                    let value = self.value(&ty, depth.saturating_sub(1));
                    self.scope.truncate(before);
                    out.push_str(&value);
                }
            }
        }
        out
    }

    fn given(&mut self, name: &str, given: &mut Vec<(String, String)>) -> String {
        if let Some((_, known)) = given.iter().find(|(known, _)| known == name) {
            return known.clone();
        }
        let new = self.name(name);
        given.push((name.to_string(), new.clone()));
        new
    }

    fn bound(&mut self, ty: &Ty, bindings: &mut Bindings, depth: usize) -> Ty {
        ty.bind(bindings, &mut |name| match name {
            'K' | 'O' => self.key_type(),
            _ => self.data_type(usize::from(depth > 2)),
        })
    }

    /// A value without further values, or with few.
    fn leaf(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::Named(name, args) => self.leaf_of(name, args),
            Ty::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.leaf(part)).collect();
                format!("({})", parts.join(", "))
            }
            Ty::Function(params, result) => {
                let params: Vec<String> =
                    params.iter().map(|ty| format!("{}: {ty}", self.name("p"))).collect();
                format!("(({}) => {})", params.join(", "), self.leaf(result))
            }
            Ty::Variable(name) => unreachable!("the variable {name} is bound"),
        }
    }

    fn leaf_of(&mut self, name: &str, args: &[Ty]) -> String {
        const INTS: [&str; 12] = [
            "0",
            "1",
            "2",
            "3",
            "7",
            "(-1)",
            "42",
            "100",
            "(-13)",
            "Int.MaxValue",
            "Int.MinValue",
            "0x7f",
        ];
        const LONGS: [&str; 7] =
            ["0L", "1L", "(-5L)", "4294967296L", "Long.MaxValue", "Long.MinValue", "77L"];
        const DOUBLES: [&str; 6] = ["0.0", "1.5", "(-2.25)", "100.0", "0.5", "3.0"];
        const STRINGS: [&str; 9] = [
            "\"\"", "\"a\"", "\"bc\"", "\"x,y\"", "\"Zed\"", "\"12\"", "\" s \"", "\"é\"",
            "\"aab\"",
        ];
        const CHARS: [&str; 6] = ["'a'", "'b'", "'Z'", "'0'", "' '", "'x'"];
        match name {
            "Int" if self.random.one_in(3) => self.random.below(50).to_string(),
            "Int" => self.random.pick(&INTS).to_string(),
            "Long" => self.random.pick(&LONGS).to_string(),
            "Double" => self.random.pick(&DOUBLES).to_string(),
            "Boolean" => ["true", "false"][self.random.below(2)].to_string(),
            "Char" => self.random.pick(&CHARS).to_string(),
            "String" => self.random.pick(&STRINGS).to_string(),
            "Unit" => "()".to_string(),
            "Option" if self.random.one_in(3) => format!("Option.empty[{}]", args[0]),
            "Option" => format!("Option({})", self.leaf(&args[0])),
            "List" | "Vector" | "Seq" | "Set" => {
                let count = self.random.below(8).div_ceil(2);
                let items: Vec<String> = (0..count).map(|_| self.leaf(&args[0])).collect();
                format!("{name}[{}]({})", args[0], items.join(", "))
            }
            "Map" => {
                let count = self.random.below(4);
                let entry = |maker: &mut Maker| {
                    format!("{} -> {}", maker.leaf(&args[0]), maker.leaf(&args[1]))
                };
                let items: Vec<String> = (0..count).map(|_| entry(self)).collect();
                format!("Map[{}, {}]({})", args[0], args[1], items.join(", "))
            }
            "Either" => {
                let (left, right) = (&args[0], &args[1]);
                let value = if self.random.one_in(2) {
                    format!("Left({})", self.leaf(left))
                } else {
                    format!("Right({})", self.leaf(right))
                };
                format!("({value}: Either[{left}, {right}])")
            }
            _ => self.leaf_of_own(&Ty::Named(name.to_string(), args.to_vec())),
        }
    }

    /// The first row of one of the program's own types makes a small value of it.
    fn leaf_of_own(&mut self, ty: &Ty) -> String {
        let mut bindings = Bindings::default();
        let makes = |row: &&Row| {
            bindings = Bindings::default();
            !matches!(row.result, Ty::Variable(_)) && row.result.matches(ty, &mut bindings)
        };
        let row = self.rows.iter().find(makes);
        let row = row.unwrap_or_else(|| panic!("{ty} has no row of its own")).clone();
        self.fill(&row, bindings, 0)
    }
}
