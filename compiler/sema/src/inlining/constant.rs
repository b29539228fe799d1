//! The values of expressions that are constants, as far as Scala folds them: literals, constant
//! values and parameters, and operations of numbers and Booleans on these.

use super::{Constants, Inliner};
use crate::symbols::Owner;
use crate::typed::{Constant, Expr, ExprKind};
use crate::types::{Literal, Ty};

impl Inliner<'_, '_> {
    /// The value of an expression if it is a constant where these parameters are.
    pub(super) fn value(&self, expr: &Expr, constants: &Constants) -> Option<Constant> {
        let types = &self.checker.types;
        if let Ty::Literal(_, literal) = types.get(expr.ty) {
            return Some(of_literal(literal));
        }
        match &expr.kind {
            ExprKind::Constant(constant) => {
                // Constants of Byte and Short are no literals.
                let is_literal = !matches!(constant, Constant::Int(_))
                    || types.widen(expr.ty) == types.roots().int;
                is_literal.then(|| constant.clone())
            }
            ExprKind::Local(local) => constants.get(local).cloned(),
            ExprKind::Block(stmts, result) if stmts.is_empty() => self.value(result, constants),
            ExprKind::And(first, second) => {
                let (first, second) = self.two(first, second, constants)?;
                Some(Constant::Boolean(boolean(&first)? && boolean(&second)?))
            }
            ExprKind::Or(first, second) => {
                let (first, second) = self.two(first, second, constants)?;
                Some(Constant::Boolean(boolean(&first)? || boolean(&second)?))
            }
            ExprKind::Equals(first, second) => {
                let (first, second) = self.two(first, second, constants)?;
                let is_text =
                    matches!((&first, &second), (Constant::String(_), Constant::String(_)));
                is_text.then_some(Constant::Boolean(first == second))
            }
            ExprKind::Call { method, receiver: Some(receiver), args, .. } => {
                let info = &self.checker.symbols.methods[*method];
                let Owner::Class(owner) = info.owner else { return None };
                let owner = &self.checker.symbols.classes[owner];
                // A by-name parameter is used.
                if owner.full_name == "scala.Function0" && args.is_empty() {
                    return match &receiver.kind {
                        ExprKind::Local(local) => constants.get(local).cloned(),
                        _ => None,
                    };
                }
                let receiver = self.value(receiver, constants)?;
                let result = types.widen(expr.ty);
                match args.as_slice() {
                    [] => self.typed(result, unary(info.name.as_str(), &receiver)?),
                    [other] => {
                        let other = self.value(other, constants)?;
                        self.typed(result, binary(info.name.as_str(), &receiver, &other)?)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn two(
        &self,
        first: &Expr,
        second: &Expr,
        constants: &Constants,
    ) -> Option<(Constant, Constant)> {
        self.value(first, constants).zip(self.value(second, constants))
    }

    /// A result as a constant of this type.
    fn typed(&self, ty: crate::types::TyId, result: Folded) -> Option<Constant> {
        let roots = self.checker.types.roots();
        match result {
            Folded::Boolean(value) if ty == roots.boolean => Some(Constant::Boolean(value)),
            // Arithmetic wraps: the low bits are the result.
            Folded::Integer(value) if ty == roots.int => Some(Constant::Int(value as i32)),
            Folded::Integer(value) if ty == roots.long => Some(Constant::Long(value)),
            _ => None,
        }
    }
}

enum Folded {
    Boolean(bool),
    Integer(i64),
}

fn of_literal(literal: Literal) -> Constant {
    match literal {
        Literal::Int(value) => Constant::Int(value),
        Literal::Long(value) => Constant::Long(value),
        Literal::Char(value) => Constant::Char(value),
        Literal::Double(bits) => Constant::Double(bits),
        Literal::Boolean(value) => Constant::Boolean(value),
        Literal::String(text) => Constant::String(text.as_str().encode_utf16().collect()),
    }
}

fn boolean(constant: &Constant) -> Option<bool> {
    match constant {
        Constant::Boolean(value) => Some(*value),
        _ => None,
    }
}

fn integer(constant: &Constant) -> Option<i64> {
    match constant {
        Constant::Int(value) => Some(i64::from(*value)),
        Constant::Long(value) => Some(*value),
        Constant::Char(value) => Some(i64::from(*value)),
        _ => None,
    }
}

fn unary(name: &str, operand: &Constant) -> Option<Folded> {
    if name == "unary_!" {
        return Some(Folded::Boolean(!boolean(operand)?));
    }
    let operand = integer(operand)?;
    match name {
        "unary_-" => Some(Folded::Integer(operand.wrapping_neg())),
        "unary_~" => Some(Folded::Integer(!operand)),
        "unary_+" | "toInt" | "toLong" => Some(Folded::Integer(operand)),
        _ => None,
    }
}

fn binary(name: &str, first: &Constant, second: &Constant) -> Option<Folded> {
    if let Some((first, second)) = boolean(first).zip(boolean(second)) {
        return match name {
            "==" => Some(Folded::Boolean(first == second)),
            "!=" | "^" => Some(Folded::Boolean(first != second)),
            "&" => Some(Folded::Boolean(first & second)),
            "|" => Some(Folded::Boolean(first | second)),
            _ => None,
        };
    }
    let (first, second) = (integer(first)?, integer(second)?);
    Some(match name {
        "==" => Folded::Boolean(first == second),
        "!=" => Folded::Boolean(first != second),
        "<" => Folded::Boolean(first < second),
        "<=" => Folded::Boolean(first <= second),
        ">" => Folded::Boolean(first > second),
        ">=" => Folded::Boolean(first >= second),
        "+" => Folded::Integer(first.wrapping_add(second)),
        "-" => Folded::Integer(first.wrapping_sub(second)),
        "*" => Folded::Integer(first.wrapping_mul(second)),
        "/" if second != 0 => Folded::Integer(first.wrapping_div(second)),
        "%" if second != 0 => Folded::Integer(first.wrapping_rem(second)),
        "&" => Folded::Integer(first & second),
        "|" => Folded::Integer(first | second),
        "^" => Folded::Integer(first ^ second),
        _ => return None,
    })
}
