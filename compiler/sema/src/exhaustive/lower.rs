//! Patterns of the typed tree as the search wants them: no bindings, no expressions.

use super::pieces::{Column, Constant, Context};
use super::search::Search;
use crate::symbols::{ClassId, ClassKind, LocalId, MethodId};
use crate::typed::{self, Expr, ExprKind, ExtractorResult, Pattern, PatternKind};
use crate::types::TyId;
use std::rc::Rc;

/// Steps to find out whether the patterns inside of an extractor take everything.
const EXTRACTOR_STEPS_MAX: u64 = 10_000;

/// A pattern of the search; cheap to copy.
pub(super) type Pat = Rc<Shape>;

/// The shape of a pattern.
#[derive(Debug)]
pub(super) enum Shape {
    /// Takes everything.
    Wild,
    /// Takes values of this type that the inner pattern takes.
    Is(TyId, Pat),
    /// Takes instances of a case class with these fields.
    Class(ClassId, Vec<Pat>),
    /// Takes this one object.
    Object(ClassId),
    /// Takes this constant.
    Constant(Constant, ClassId),
    /// Takes sequences: elements from `from` on, then anything if `open`.
    Sequence { elements: Rc<[Pat]>, from: usize, open: bool },
    /// Takes what an extractor takes, and whose contents these patterns take.
    Extract { extractor: Extractor, ty: TyId, parts: Vec<Pat>, types: Vec<TyId> },
    /// Takes nobody knows what.
    Unknown,
    /// Takes what one of them takes.
    Or(Vec<Pat>),
}

/// Which extractor it is: the method and the value on which it is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Extractor {
    /// A method of an object.
    OfObject(MethodId, ClassId),
    /// A method of the value in a local that does not change.
    OfLocal(MethodId, LocalId),
}

/// Turns patterns into shapes.
pub(super) struct Lower<'a> {
    pub context: &'a Context<'a>,
    /// In a binding the length of a sequence is not checked, as in Scala.
    pub is_binding: bool,
}

impl Lower<'_> {
    /// The shape of a pattern.
    pub fn pattern(&self, pattern: &Pattern) -> Pat {
        let shape = match &pattern.kind {
            PatternKind::Wildcard => Shape::Wild,
            // Types do not say to which instance the values belong: what is not of this one is
            // taken by nobody, as where the types say so.
            PatternKind::Bind(_, inner) | PatternKind::Belongs(_, _, inner) => {
                return self.pattern(inner);
            }
            PatternKind::Typed(_) if self.is_array(pattern.ty) => Shape::Unknown,
            PatternKind::Typed(inner) => return typed(pattern.ty, &self.pattern(inner)),
            PatternKind::Class(class, parts) => Shape::Class(*class, self.all(parts)),
            PatternKind::Alternative(parts) => Shape::Or(self.all(parts)),
            PatternKind::Equals(value) => self.value(value),
            PatternKind::Sequence { prefix, rest } => {
                let elements = self.all(prefix);
                let rest_is_total = rest.as_ref().is_none_or(|rest| is_total(&self.pattern(rest)));
                if !rest_is_total {
                    Shape::Unknown
                } else if self.is_binding && elements.iter().all(is_total) {
                    Shape::Wild
                } else {
                    Shape::Sequence { elements: elements.into(), from: 0, open: rest.is_some() }
                }
            }
            PatternKind::Extractor { call, result, .. } => {
                return self.extractor(pattern.ty, call, result);
            }
        };
        Rc::new(shape)
    }

    /// Arrays are told apart by their elements, which pieces do not look at.
    fn is_array(&self, ty: TyId) -> bool {
        let array = self.context.program.known.array;
        array.is_some() && self.context.program.types.class_of(ty) == array
    }

    fn all(&self, patterns: &[Pattern]) -> Vec<Pat> {
        patterns.iter().map(|pattern| self.pattern(pattern)).collect()
    }

    fn value(&self, value: &Expr) -> Shape {
        let types = &self.context.program.types;
        if let ExprKind::Constant(constant) = &value.kind {
            let class = types.class_of(types.widen(value.ty));
            return match (Constant::of(constant), class) {
                (Some(constant), Some(class)) => Shape::Constant(constant, class),
                _ => Shape::Unknown,
            };
        }
        match self.object(value) {
            Some(class) => Shape::Object(class),
            None => Shape::Unknown,
        }
    }

    /// The object that a stable value is. An object inside of a class or block is a class with a
    /// lazy value of the same name.
    fn object(&self, value: &Expr) -> Option<ClassId> {
        let symbols = &self.context.program.symbols;
        let name = match &value.kind {
            ExprKind::Object(class) => return Some(*class),
            ExprKind::Cast(inner, _) => return self.object(inner),
            ExprKind::Local(local) => symbols.locals[*local].name,
            ExprKind::Field(_, field) => symbols.fields[*field].name,
            ExprKind::Call { method, .. } => symbols.methods[*method].name,
            _ => return None,
        };
        let class = self.context.program.types.class_of(value.ty)?;
        let info = &symbols.classes[class];
        let is_object = info.kind == ClassKind::Object || info.is_final && info.name == name;
        is_object.then_some(class)
    }

    fn extractor(&self, ty: TyId, call: &Expr, result: &ExtractorResult) -> Pat {
        let ExprKind::Call { method, .. } = &call.kind else { return Rc::new(Shape::Unknown) };
        let info = &self.context.program.symbols.methods[*method];
        if info.name.as_str() == "unapplySeq"
            && crate::effects::is_library(&self.context.program.symbols, *method)
            && let ExtractorResult::Option { pattern, .. } = result
        {
            // `List(a, b)`: the extractors of the library's sequences take every sequence.
            return typed(ty, &self.pattern(pattern));
        }
        let (parts, types, is_irrefutable) = match result {
            ExtractorResult::Boolean => {
                (Vec::new(), Vec::new(), is_boolean(self.context, call.ty, true))
            }
            ExtractorResult::Option { pattern, is_empty, .. } => {
                let some = self.context.program.known.some;
                let class = self.context.program.types.class_of(call.ty);
                let never_empty =
                    some.is_some() && class == some || is_boolean(self.context, is_empty.ty, false);
                (vec![self.pattern(pattern)], vec![pattern.ty], never_empty)
            }
            ExtractorResult::Product { fields, .. } => {
                let parts = fields.iter().map(|(_, part)| self.pattern(part)).collect();
                (parts, fields.iter().map(|(_, part)| part.ty).collect(), true)
            }
        };
        if is_irrefutable && self.take_everything(&parts, &types) {
            return Rc::new(Shape::Is(ty, Rc::new(Shape::Wild)));
        }
        Rc::new(match self.identity(call) {
            Some(extractor) => Shape::Extract { extractor, ty, parts, types },
            None => Shape::Unknown,
        })
    }

    /// Whether patterns take all values of their types together.
    fn take_everything(&self, parts: &[Pat], types: &[TyId]) -> bool {
        let columns: Vec<Column> = types.iter().map(|ty| Column::Value(*ty)).collect();
        let mut search = Search::new(self.context, EXTRACTOR_STEPS_MAX);
        search.missing(vec![parts.to_vec()], &columns, 1).is_ok_and(|missing| missing.is_empty())
    }

    /// What tells an extractor from others; none if it takes more than the value, or stands on a
    /// value that may be another one the next time.
    fn identity(&self, call: &Expr) -> Option<Extractor> {
        let ExprKind::Call { method, receiver, args, .. } = &call.kind else { return None };
        match (receiver.as_ref().map(|receiver| &receiver.kind), args.len()) {
            (Some(ExprKind::Object(class)), 1) => Some(Extractor::OfObject(*method, *class)),
            (Some(ExprKind::Local(local)), 1)
                if !self.context.program.symbols.locals[*local].is_mutable =>
            {
                Some(Extractor::OfLocal(*method, *local))
            }
            _ => None,
        }
    }
}

/// A type test; one of alternatives is a choice of type tests.
fn typed(ty: TyId, inner: &Pat) -> Pat {
    match &**inner {
        Shape::Or(parts) => Rc::new(Shape::Or(parts.iter().map(|part| typed(ty, part)).collect())),
        _ => Rc::new(Shape::Is(ty, inner.clone())),
    }
}

/// Whether a type is that of the literal `true` or `false`.
fn is_boolean(context: &Context, ty: TyId, value: bool) -> bool {
    use crate::types::{Literal, Ty};
    let ty = context.program.types.get(ty);
    matches!(ty, Ty::Literal(_, Literal::Boolean(literal)) if literal == value)
}

/// Whether a pattern takes every value of whatever type, as far as its form shows.
pub(super) fn is_total(pattern: &Pat) -> bool {
    match &**pattern {
        Shape::Wild => true,
        Shape::Or(parts) => parts.iter().any(is_total),
        _ => false,
    }
}

impl Constant {
    /// The constant of a pattern; none for `null`, which no type has to offer.
    pub(super) fn of(constant: &typed::Constant) -> Option<Constant> {
        Some(match constant {
            typed::Constant::Unit => Constant::Unit,
            typed::Constant::Boolean(value) => Constant::Boolean(*value),
            typed::Constant::Int(value) => Constant::Integer(i64::from(*value)),
            typed::Constant::Long(value) => Constant::Integer(*value),
            typed::Constant::Char(unit) => Constant::Char(*unit),
            typed::Constant::Float(bits) | typed::Constant::Double(bits) => Constant::Bits(*bits),
            typed::Constant::String(units) => Constant::String(units.as_slice().into()),
            typed::Constant::Null => return None,
        })
    }
}
