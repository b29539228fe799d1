//! Which single values a branching expression can be. Scala gives `if c then 'a' else b` the type
//! `'a' | b.type`; here it is `Char`, which is the same in all but one respect: a union is none of
//! the numeric types, so it is not widened where an overloaded method is chosen.
//!
//! Constants that Scala computes (`1 + 1`, a `final val`) stand for themselves, not for their value:
//! beside a branch that is the same constant, they count as two.

use crate::checker::Checker;
use crate::symbols::{FieldId, MethodKind, Passing};
use crate::typed::{Constant, Expr, ExprKind};
use crate::types::{Ty, TyId};
use fscc_base::Span;

/// A single value that types can name: a path of `val`s below a root.
#[derive(PartialEq, Debug)]
struct Atom {
    root: Root,
    /// The fields that are selected, the last first.
    path: Vec<FieldId>,
}

/// Where a path begins.
#[derive(PartialEq, Debug)]
enum Root {
    /// A constant without a literal type.
    Constant(Constant),
    /// An operation on constants, known by where it is written.
    Folded(Span),
    /// The type of one value: a literal type, a local value, `this`, an object. Where a field is
    /// selected from a value without a name, the type of that value.
    Type(TyId),
}

impl Checker<'_> {
    /// Whether Scala's type of this value is a union of several single values.
    pub(super) fn is_union_of_atoms(&self, value: &Expr) -> bool {
        let nothing = self.types.roots().nothing;
        let mut first = None;
        let mut differ = false;
        let mut left = vec![value];
        while let Some(value) = left.pop() {
            if self.resolve(value.ty) == nothing {
                continue;
            }
            match &value.kind {
                ExprKind::If(_, yes, no) => left.extend([&**yes, no]),
                ExprKind::Match(_, cases) => left.extend(cases.iter().map(|case| &case.body)),
                ExprKind::Try(body, cases, _) => {
                    left.push(body);
                    left.extend(cases.iter().map(|case| &case.body));
                }
                ExprKind::Block(stmts, result) if !stmts.is_empty() && branches(result) => {
                    left.push(result);
                }
                _ => match (self.atom(value), &first) {
                    (None, _) => return false,
                    (Some(atom), None) => first = Some(atom),
                    (Some(atom), Some(first)) => differ |= atom != *first,
                },
            }
        }
        differ
    }

    fn atom(&self, value: &Expr) -> Option<Atom> {
        let mut path = Vec::new();
        let mut value = value;
        loop {
            let ty = self.resolve(value.ty);
            let (base, field) = match &value.kind {
                ExprKind::Constant(constant) => {
                    let root = (self.constant_type(constant))
                        .map_or_else(|| Root::Constant(constant.clone()), Root::Type);
                    return Some(Atom { root, path });
                }
                _ if matches!(self.types.get(ty), Ty::Literal(..)) => {
                    return Some(Atom { root: Root::Type(ty), path });
                }
                ExprKind::Local(local) => {
                    let info = &self.symbols.locals[*local];
                    if info.is_mutable || info.passing == Passing::ByName {
                        return below_unnamed(ty, path);
                    }
                    return Some(Atom {
                        root: Root::Type(self.types.intern(Ty::Local(*local))),
                        path,
                    });
                }
                ExprKind::This(class) => {
                    return Some(Atom {
                        root: Root::Type(self.types.intern(Ty::This(*class))),
                        path,
                    });
                }
                ExprKind::Field(base, field) => (&**base, *field),
                ExprKind::Call { method, receiver: Some(base), .. } => {
                    match self.symbols.methods[*method].kind {
                        MethodKind::Getter(field) => (&**base, field),
                        _ if path.is_empty() && self.is_folded(value) => {
                            return Some(Atom { root: Root::Folded(value.span), path });
                        }
                        _ => return below_unnamed(ty, path),
                    }
                }
                _ => return below_unnamed(ty, path),
            };
            if self.symbols.fields[field].is_mutable {
                return below_unnamed(ty, path);
            }
            path.push(field);
            value = base;
        }
    }

    /// Whether it is made of constants by operations of numbers.
    fn is_folded(&self, value: &Expr) -> bool {
        let mut left = vec![value];
        while let Some(value) = left.pop() {
            match &value.kind {
                ExprKind::Constant(_) => {}
                ExprKind::Call { receiver: Some(receiver), args, .. }
                    if self.is_number(self.types.widen(self.resolve(receiver.ty)))
                        && self.is_number(self.types.widen(self.resolve(value.ty))) =>
                {
                    left.push(receiver);
                    left.extend(args);
                }
                _ => return false,
            }
        }
        true
    }
}

fn branches(value: &Expr) -> bool {
    let mut value = value;
    while let ExprKind::Block(_, result) = &value.kind {
        value = result;
    }
    matches!(value.kind, ExprKind::If(..) | ExprKind::Match(..) | ExprKind::Try(..))
}

/// A `val` of a value without a name is known by the type of that value.
fn below_unnamed(ty: TyId, path: Vec<FieldId>) -> Option<Atom> {
    (!path.is_empty()).then_some(Atom { root: Root::Type(ty), path })
}
