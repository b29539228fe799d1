//! Operators between numbers, which most operators are: overloads of a number's operator are told
//! apart once for each pair of types, not at every use.
//!
//! It relies on what overload resolution does with them: every candidate takes one argument, which
//! is typed without an expectation because the candidates want different types, and a candidate
//! that takes exactly the argument's type is more specific than those that take a wider one.

use crate::checker::{Access, Checker, Term};
use crate::infer::args::{ArgList, ArgValue};
use crate::infer::expr::typed;
use crate::symbols::{ClassId, MethodId, Owner, Passing};
use crate::typed::{Expr, ExprKind};
use crate::types::TyId;
use fscc_base::{Name, Span};
use fscc_syntax::ast;
use smallvec::SmallVec;
use std::rc::Rc;

/// The overloads of an operator: parameter, method, result.
pub(crate) type Overloads = Rc<[(TyId, MethodId, TyId)]>;

/// What became of an attempt.
pub(super) enum Attempt<'a> {
    /// The call.
    Call(Expr),
    /// Not this simple: the operands as they are now.
    Open(Expr, ArgList<'a>),
}

impl<'a> Checker<'a> {
    /// `left op list` if both are numbers and the operator has an overload for just their types.
    pub(super) fn arithmetic(
        &mut self,
        left: Expr,
        op: ast::Ident,
        mut list: ArgList<'a>,
        span: Span,
    ) -> Attempt<'a> {
        let Some(overloads) = self.number_overloads(left.ty, op.name) else {
            return Attempt::Open(left, list);
        };
        let [arg] = &mut list.args[..] else { return Attempt::Open(left, list) };
        if list.tuple.is_some() || arg.waits() {
            return Attempt::Open(left, list);
        }
        let ArgValue::Expr(rhs) = arg.value else { return Attempt::Open(left, list) };
        let first_var = self.vars.count();
        let right = self.infer(rhs, None);
        let wanted = self.types.widen(self.resolve(right.ty));
        let chosen = overloads.iter().find(|(param, ..)| *param == wanted).copied();
        let exact =
            chosen.filter(|_| self.is_number(wanted) && !matches!(right.kind, ExprKind::Error));
        let Some((param, method, result)) = exact else {
            arg.value = ArgValue::Typed(Some(right));
            return Attempt::Open(left, list);
        };
        let right = self.adapt(right, Some(param));
        self.interpolate(first_var, result);
        self.demand(method);
        let kind = ExprKind::Call {
            method,
            dispatch: self.dispatch_of(method),
            receiver: Some(Box::new(left)),
            type_args: Vec::new(),
            args: vec![right],
        };
        Attempt::Call(typed(kind, result, span))
    }

    /// The overloads of an operator of a number, if none of them is out of the ordinary.
    pub(super) fn number_overloads(&mut self, ty: TyId, name: Name) -> Option<Overloads> {
        let ty = self.types.widen(self.resolve(ty));
        if !self.is_number(ty) && ty != self.types.roots().boolean {
            return None;
        }
        let class = self.types.class_of(ty)?;
        if let Some(known) = self.number_operators.get(&(class, name)) {
            return known.clone();
        }
        let overloads = self.plain_overloads(class, name).map(|found| Rc::from(&found[..]));
        self.number_operators.insert((class, name), overloads.clone());
        overloads
    }

    fn plain_overloads(
        &mut self,
        class: ClassId,
        name: Name,
    ) -> Option<SmallVec<[(TyId, MethodId, TyId); 8]>> {
        let mut overloads: SmallVec<[(TyId, MethodId, TyId); 8]> = SmallVec::new();
        for term in self.term_members(class, name) {
            let Term::Method(method) = term else { return None };
            self.signature(method);
            let info = &self.symbols.methods[method];
            let ([param], [list]) = (&info.params[..], &info.lists[..]) else { return None };
            let local = &self.symbols.locals[*param];
            let is_plain = info.owner == Owner::Class(class)
                && info.type_params.is_empty()
                && !list.is_using
                && local.passing == Passing::Value
                && self.methods[method].access == Access::Public;
            if !is_plain {
                return None;
            }
            overloads.push((local.ty, method, info.result));
        }
        // A single overload, or several for one type, would say what the operand should be.
        let first = overloads.first()?.0;
        overloads.iter().any(|(param, ..)| *param != first).then_some(overloads)
    }
}
