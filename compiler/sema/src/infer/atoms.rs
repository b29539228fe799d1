//! Which single values a branching expression can be. Scala gives `if c then 'a' else b` the type
//! `'a' | b.type`; here it is `Char`, which is the same in all but one respect: a union is none of
//! the numeric types, so it is not widened where an overloaded method is chosen.
//!
//! Constants that Scala computes (`1 + 1`, a `final val`) stand for themselves, not for their value:
//! beside a branch that is the same constant, they count as two.

use crate::checker::Checker;
use crate::symbols::{FieldId, LocalId, MethodKind, Passing};
use crate::typed::{Constant, Expr, ExprKind, PatternKind};
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
    /// Whether Scala's type of this value is a union of several single values. What is declared
    /// inside of it has no name outside, so it is not one of them.
    pub(super) fn is_union_of_atoms(&self, value: &Expr) -> bool {
        let nothing = self.types.roots().nothing;
        let inside = value.span;
        let mut first = None;
        let mut differ = false;
        let mut left = vec![value];
        // Constants under the names that a `match` gives them.
        let mut named: Vec<(LocalId, &Expr)> = Vec::new();
        while let Some(mut value) = left.pop() {
            if self.resolve(value.ty) == nothing {
                continue;
            }
            match &value.kind {
                ExprKind::If(_, yes, no) => left.extend([&**yes, no]),
                ExprKind::Match(scrutinee, cases) => {
                    for case in cases {
                        if let (PatternKind::Bind(local, _), ExprKind::Constant(_)) =
                            (&case.pattern.kind, &scrutinee.kind)
                        {
                            named.push((*local, scrutinee));
                        }
                        left.push(&case.body);
                    }
                }
                ExprKind::Try(body, cases, _) => {
                    left.push(body);
                    left.extend(cases.iter().map(|case| &case.body));
                }
                ExprKind::Block(stmts, result) if !stmts.is_empty() => left.push(result),
                _ => {
                    if let ExprKind::Local(local) = value.kind
                        && let Some((_, constant)) = named.iter().find(|(name, _)| *name == local)
                    {
                        value = constant;
                    }
                    match (self.atom(value, inside), &first) {
                        (None, _) => return false,
                        (Some(atom), None) => first = Some(atom),
                        (Some(atom), Some(first)) => differ |= atom != *first,
                    }
                }
            }
        }
        differ
    }

    /// The single value that an expression is, as it is known outside of `inside`.
    fn atom(&self, value: &Expr, inside: Span) -> Option<Atom> {
        let mut path = Vec::new();
        let mut value = value;
        loop {
            let ty = self.resolve(value.ty);
            if matches!(self.types.get(ty), Ty::Literal(..)) {
                return Some(Atom { root: Root::Type(ty), path });
            }
            let selected = match &value.kind {
                ExprKind::Field(base, field) => Some((&**base, *field)),
                ExprKind::Call { method, receiver: Some(base), .. } => {
                    match self.symbols.methods[*method].kind {
                        MethodKind::Getter(field) => Some((&**base, field)),
                        _ => None,
                    }
                }
                _ => None,
            };
            match selected {
                Some((base, field)) if !self.symbols.fields[field].is_mutable => {
                    path.push(field);
                    value = base;
                }
                _ => {
                    let root = match &value.kind {
                        ExprKind::Local(local)
                            if inside.contains(self.symbols.locals[*local].span) =>
                        {
                            return None;
                        }
                        _ => self.root(value),
                    };
                    // A `val` of a value without a name is known by the type of that value.
                    let unnamed = (!path.is_empty()).then_some(Root::Type(ty));
                    return root.or(unnamed).map(|root| Atom { root, path });
                }
            }
        }
    }

    /// What a value without selections is.
    fn root(&self, value: &Expr) -> Option<Root> {
        Some(match &value.kind {
            ExprKind::Constant(constant) => (self.constant_type(constant))
                .map_or_else(|| Root::Constant(constant.clone()), Root::Type),
            ExprKind::Local(local) => {
                let info = &self.symbols.locals[*local];
                if info.is_mutable || info.passing == Passing::ByName {
                    return None;
                }
                Root::Type(self.types.intern(Ty::Local(*local)))
            }
            ExprKind::This(class) => Root::Type(self.types.intern(Ty::This(*class))),
            _ if self.is_folded(value) => Root::Folded(value.span),
            _ => return None,
        })
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
