//! Precedence and associativity, for expressions, types and patterns alike.
//!
//! The grammar hands over the flat chain `a op b op c`; this step groups it. The table is in
//! `grammar/README.md`. Linear time, no recursion.

use crate::ast::{Ident, Type, is_assignment_operator, is_right_associative};

/// A chain of operands and the operators between them.
pub struct Chain<T> {
    first: T,
    rest: Vec<Link<T>>,
}

/// An operator with its type arguments and its right operand.
pub struct Link<T> {
    /// The operator.
    pub op: Ident,
    /// `op[T]`.
    pub type_args: Vec<Type>,
    /// The operand after it.
    pub operand: T,
}

impl<T> Chain<T> {
    /// A chain of one operand.
    pub fn new(first: T) -> Self {
        Self { first, rest: Vec::new() }
    }
    /// The chain with one more operator and operand.
    pub fn push(mut self, op: Ident, type_args: Vec<Type>, operand: T) -> Self {
        if self.rest.is_empty() {
            self.rest.reserve_exact(1);
        }
        self.rest.push(Link { op, type_args, operand });
        self
    }
}

/// Binding strength by the first character of the operator; higher binds tighter.
pub fn precedence(operator: &str) -> u8 {
    if is_assignment_operator(operator) {
        return 0;
    }
    match operator.chars().next() {
        Some('|') => 2,
        Some('^') => 3,
        Some('&') => 4,
        Some('=' | '!') => 5,
        Some('<' | '>') => 6,
        Some(':') => 7,
        Some('+' | '-') => 8,
        Some('*' | '/' | '%') => 9,
        Some(c) if c.is_alphanumeric() || c == '_' || c == '$' => 1,
        _ => 10,
    }
}

/// Groups `chain`: `combine` joins two operands, `mixed` hears of two operators of one precedence
/// that associate in different directions.
pub fn resolve<T>(
    chain: Chain<T>,
    mut combine: impl FnMut(T, Ident, Vec<Type>, T) -> T,
    mut mixed: impl FnMut(Ident, Ident),
) -> T {
    let Chain { first, mut rest } = chain;
    // Most chains are that short.
    if rest.len() < 2 {
        return match rest.pop() {
            Some(link) => combine(first, link.op, link.type_args, link.operand),
            None => first,
        };
    }
    let mut operands = vec![first];
    let mut operators: Vec<(Ident, Vec<Type>, u8)> = Vec::new();
    for link in rest {
        let strength = precedence(link.op.as_str());
        let right = is_right_associative(link.op.as_str());
        while let Some((top, _, top_strength)) = operators.last() {
            if *top_strength == strength && is_right_associative(top.as_str()) != right {
                mixed(*top, link.op);
            }
            if *top_strength < strength || (*top_strength == strength && right) {
                break;
            }
            reduce(&mut operands, &mut operators, &mut combine);
        }
        operators.push((link.op, link.type_args, strength));
        operands.push(link.operand);
    }
    while !operators.is_empty() {
        reduce(&mut operands, &mut operators, &mut combine);
    }
    operands.pop().expect("a chain has at least one operand")
}

/// Joins the last two operands with the last operator.
fn reduce<T>(
    operands: &mut Vec<T>,
    operators: &mut Vec<(Ident, Vec<Type>, u8)>,
    combine: &mut impl FnMut(T, Ident, Vec<Type>, T) -> T,
) {
    let Some((op, type_args, _)) = operators.pop() else { return };
    let (Some(rhs), Some(lhs)) = (operands.pop(), operands.pop()) else { return };
    operands.push(combine(lhs, op, type_args, rhs));
}
