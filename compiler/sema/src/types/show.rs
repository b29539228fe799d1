//! Types as text, written as in Scala.

use super::{Literal, Ty, TyId, Types};
use crate::symbols::{ClassKind, Symbols};
use std::fmt::Write;

/// Deeper parts print as `…`: messages stay short.
const DEPTH_MAX: u32 = 12;

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Level {
    /// Anything may stand here.
    Arrow,
    /// An operand of `|`.
    Or,
    /// An operand of `&`, or left of an arrow.
    And,
    /// Must be in parentheses unless it is one word.
    Simple,
}

impl Types {
    /// The type as Scala writes it.
    pub fn show(&self, symbols: &Symbols, ty: TyId) -> String {
        let mut out = String::new();
        self.write(symbols, &mut out, ty, Level::Arrow, 0);
        out
    }

    fn write(&self, symbols: &Symbols, out: &mut String, ty: TyId, level: Level, depth: u32) {
        if depth > DEPTH_MAX {
            out.push('…');
            return;
        }
        match self.get(ty) {
            Ty::Error => out.push('?'),
            Ty::Class(class, args) => self.write_class(symbols, out, class, args, level, depth),
            Ty::Constructor(class) => out.push_str(symbols.classes[class].name.as_str()),
            Ty::Param(param) => out.push_str(symbols.type_params[param].name.as_str()),
            Ty::Applied(function, args) => {
                if self.write_named_tuple(symbols, out, function, args, depth) {
                    return;
                }
                self.write(symbols, out, function, Level::Simple, depth + 1);
                self.write_list(symbols, out, args, '[', ']', depth);
            }
            Ty::Lambda(params, body) => {
                let names = params.iter().map(|p| symbols.type_params[*p].name.as_str());
                let _ = write!(out, "[{}] =>> ", names.collect::<Vec<_>>().join(", "));
                self.write(symbols, out, body, Level::Arrow, depth + 1);
            }
            Ty::Var(var) => {
                let _ = write!(out, "{var}");
            }
            Ty::Literal(_, literal) => write_literal(out, literal),
            Ty::This(class) => {
                let _ = write!(out, "{}.this.type", symbols.classes[class].name);
            }
            Ty::Local(local) => {
                let _ = write!(out, "{}.type", symbols.locals[local].name);
            }
            Ty::And(a, b) => {
                self.write_infix(symbols, out, (a, " & ", b), (Level::And, level), depth)
            }
            Ty::Or(a, b) => {
                self.write_infix(symbols, out, (a, " | ", b), (Level::Or, level), depth)
            }
            Ty::Wildcard(lower, upper) => {
                out.push('?');
                if lower != self.roots().nothing {
                    out.push_str(" >: ");
                    self.write(symbols, out, lower, Level::And, depth + 1);
                }
                if upper != self.roots().any {
                    out.push_str(" <: ");
                    self.write(symbols, out, upper, Level::And, depth + 1);
                }
            }
        }
    }

    fn write_infix(
        &self,
        symbols: &Symbols,
        out: &mut String,
        (a, op, b): (TyId, &str, TyId),
        (own, level): (Level, Level),
        depth: u32,
    ) {
        let parens = level > own;
        if parens {
            out.push('(');
        }
        self.write(symbols, out, a, own, depth + 1);
        out.push_str(op);
        self.write(symbols, out, b, own, depth + 1);
        if parens {
            out.push(')');
        }
    }

    fn write_class(
        &self,
        symbols: &Symbols,
        out: &mut String,
        class: crate::symbols::ClassId,
        args: &[TyId],
        level: Level,
        depth: u32,
    ) {
        let info = &symbols.classes[class];
        let name = info.name.as_str();
        if is_numbered(name, "Function") && info.full_name.starts_with("scala.") && !args.is_empty()
        {
            let (result, params) = args.split_last().expect("not empty");
            let parens = level > Level::Arrow;
            if parens {
                out.push('(');
            }
            match params {
                [one] if !self.is_tuple(symbols, *one) => {
                    self.write(symbols, out, *one, Level::Or, depth + 1);
                }
                _ => self.write_list(symbols, out, params, '(', ')', depth),
            }
            out.push_str(" => ");
            self.write(symbols, out, *result, Level::Arrow, depth + 1);
            if parens {
                out.push(')');
            }
            return;
        }
        if is_numbered(name, "Tuple") && args.len() > 1 {
            self.write_list(symbols, out, args, '(', ')', depth);
            return;
        }
        out.push_str(match name {
            "$anon" => info.parents.first().map_or("AnyRef", |p| match self.class_of(*p) {
                Some(parent) => symbols.classes[parent].name.as_str(),
                None => "AnyRef",
            }),
            "Object" if info.full_name == "java.lang.Object" => "Object",
            _ => name,
        });
        if info.kind == ClassKind::Object {
            out.push_str(".type");
        }
        // The arguments of the classes around an inner class are not written.
        let own = info.own_type_params.min(args.len());
        if own > 0 {
            self.write_list(symbols, out, &args[..own], '[', ']', depth);
        }
    }

    /// A named tuple as `(a: Int, b: String)`; says whether it is one.
    fn write_named_tuple(
        &self,
        symbols: &Symbols,
        out: &mut String,
        function: TyId,
        args: &[TyId],
        depth: u32,
    ) -> bool {
        let (Ty::Param(param), [names, values]) = (self.get(function), args) else { return false };
        let info = &symbols.type_params[param];
        let (Some((_, names)), Some((_, values))) = (self.as_class(*names), self.as_class(*values))
        else {
            return false;
        };
        if info.name.as_str() != "NamedTuple" || info.opaque.is_none() {
            return false;
        }
        for (number, (name, ty)) in names.iter().zip(values).enumerate() {
            out.push_str(if number == 0 { "(" } else { ", " });
            if let Ty::Literal(_, Literal::String(name)) = self.get(*name) {
                let _ = write!(out, "{name}: ");
            }
            self.write(symbols, out, *ty, Level::Arrow, depth + 1);
        }
        out.push(')');
        true
    }

    fn is_tuple(&self, symbols: &Symbols, ty: TyId) -> bool {
        self.class_of(ty)
            .is_some_and(|class| is_numbered(symbols.classes[class].name.as_str(), "Tuple"))
    }

    fn write_list(
        &self,
        symbols: &Symbols,
        out: &mut String,
        types: &[TyId],
        open: char,
        close: char,
        depth: u32,
    ) {
        out.push(open);
        for (number, ty) in types.iter().enumerate() {
            if number > 0 {
                out.push_str(", ");
            }
            self.write(symbols, out, *ty, Level::Arrow, depth + 1);
        }
        out.push(close);
    }
}

fn is_numbered(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

fn write_literal(out: &mut String, literal: Literal) {
    let _ = match literal {
        Literal::Int(value) => write!(out, "{value}"),
        Literal::Long(value) => write!(out, "{value}L"),
        Literal::Char(unit) => match char::from_u32(u32::from(unit)) {
            Some(c) => write!(out, "'{}'", c.escape_debug()),
            None => write!(out, "'\\u{unit:04x}'"),
        },
        Literal::Double(bits) => write!(out, "{:?}", f64::from_bits(bits)),
        Literal::Boolean(value) => write!(out, "{value}"),
        Literal::String(text) => write!(out, "{:?}", text.as_str()),
    };
}
