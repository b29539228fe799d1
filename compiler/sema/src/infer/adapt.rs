//! Fitting a value to the expected type: discarding, conversions between numbers, the few
//! conversions of the library, functions from companions.

use crate::checker::Checker;
use crate::infer::expr::{Expected, typed};
use crate::typed::{Constant, Expr, ExprKind, Stmt};
use crate::types::{Literal, Ty, TyId};
use fscc_base::Name;

impl<'a> Checker<'a> {
    /// The value as one of the expected type; a mismatch is reported.
    pub fn adapt(&mut self, expr: Expr, expected: Expected) -> Expr {
        let Some(expected) = expected else { return expr };
        match self.try_adapt(expr, expected) {
            Ok(expr) => expr,
            Err(expr) => {
                self.mismatch(expr.ty, expected, expr.span);
                self.error_expr(expr.span)
            }
        }
    }

    /// The value as one of the expected type, or the value itself if that cannot be.
    pub fn try_adapt(&mut self, expr: Expr, expected: TyId) -> Result<Expr, Expr> {
        let roots = self.types.roots();
        let expected = self.resolve(expected);
        if matches!(expr.kind, ExprKind::Error) || self.types.is_error(expected) {
            return Ok(expr);
        }
        if expected == roots.unit {
            return Ok(self.discard(expr));
        }
        if let Some(converted) = self.numeric_conversion(&expr, expected) {
            return Ok(match converted {
                Numeric::Constant(expr) => expr,
                Numeric::To(target) => self.widen_number(expr, target),
            });
        }
        let found = self.resolve(expr.ty);
        if self.conforms(found, expected) {
            return Ok(expr);
        }
        if let (Ty::Literal(_, literal), ExprKind::Constant(constant)) =
            (self.types.get(expected), &expr.kind)
            && is_constant(constant, literal)
        {
            let (kind, span) = (expr.kind, expr.span);
            return Ok(typed(kind, expected, span));
        }
        if let Ty::Or(..) = self.types.get(expected)
            && let Some(expr) = self.literal_in_union(&expr, expected)
        {
            return Ok(expr);
        }
        if let (Ty::Var(_), ExprKind::Constant(constant)) = (self.types.get(expected), &expr.kind) {
            // A bound of literal types asks for the literal type.
            if let Some(literal) = self.constant_type(constant)
                && self.conforms(literal, expected)
            {
                let (kind, span) = (expr.kind, expr.span);
                return Ok(typed(kind, literal, span));
            }
        }
        self.convert(expr, expected)
    }

    /// The type of just this constant.
    pub fn constant_type(&self, constant: &Constant) -> Option<TyId> {
        let roots = self.types.roots();
        let (class, literal) = match constant {
            Constant::Int(value) => (roots.int, Literal::Int(*value)),
            Constant::Long(value) => (roots.long, Literal::Long(*value)),
            Constant::Char(unit) => (roots.char, Literal::Char(*unit)),
            Constant::Boolean(value) => (roots.boolean, Literal::Boolean(*value)),
            Constant::String(units) => {
                let text = String::from_utf16(units).ok()?;
                (roots.string, Literal::String(Name::new(&text)))
            }
            _ => return None,
        };
        Some(self.types.intern(Ty::Literal(class, literal)))
    }

    /// A constant whose literal type is a part of a union.
    fn literal_in_union(&mut self, expr: &Expr, union: TyId) -> Option<Expr> {
        let ExprKind::Constant(constant) = &expr.kind else { return None };
        match self.types.get(union) {
            Ty::Or(a, b) => {
                self.literal_in_union(expr, a).or_else(|| self.literal_in_union(expr, b))
            }
            Ty::Literal(_, literal) if is_constant(constant, literal) => {
                Some(typed(ExprKind::Constant(constant.clone()), union, expr.span))
            }
            _ => None,
        }
    }

    /// Evaluates and drops.
    pub fn discard(&mut self, mut expr: Expr) -> Expr {
        expr.ty = self.solve_all(expr.ty);
        let roots = self.types.roots();
        if expr.ty == roots.unit || expr.ty == roots.nothing || self.types.is_error(expr.ty) {
            return expr;
        }
        let span = expr.span;
        let unit = self.unit(span);
        typed(ExprKind::Block(vec![Stmt::Expr(expr)], Box::new(unit)), roots.unit, span)
    }

    /// What an expected type asks of a number.
    fn numeric_target(&mut self, expected: TyId) -> Option<TyId> {
        let ty = match self.types.get(expected) {
            Ty::Var(var) => {
                // Only what is known from above asks for a conversion.
                let uppers = self.vars.state(var).uppers.clone();
                if self.has_lower(var) {
                    return None;
                }
                let mut target = None;
                for upper in uppers {
                    let upper = self.resolve(upper);
                    if self.is_number(upper) {
                        target = Some(upper);
                    }
                }
                target?
            }
            _ => self.types.widen(expected),
        };
        self.is_number(ty).then_some(ty)
    }

    /// Whether it is one of the types of numbers.
    pub fn is_number(&self, ty: TyId) -> bool {
        let roots = self.types.roots();
        [roots.byte, roots.short, roots.char, roots.int, roots.long, roots.float, roots.double]
            .contains(&ty)
    }

    fn numeric_conversion(&mut self, expr: &Expr, expected: TyId) -> Option<Numeric> {
        let found = self.types.widen(self.resolve(expr.ty));
        if !self.is_number(found) || matches!(self.types.get(expected), Ty::Literal(..)) {
            return None;
        }
        let target = self.numeric_target(expected)?;
        if target == found {
            return None;
        }
        if let Some(constant) = self.convert_constant(expr, target) {
            return Some(Numeric::Constant(constant));
        }
        self.widens(found, target).then_some(Numeric::To(target))
    }

    /// Whether a number of one type is converted to the other where that is expected.
    pub fn widens(&self, from: TyId, to: TyId) -> bool {
        let roots = self.types.roots();
        let rank = |ty: TyId| {
            [roots.byte, roots.short, roots.int, roots.long, roots.float, roots.double]
                .iter()
                .position(|other| *other == ty)
        };
        let from = if from == roots.char {
            // A Char becomes an Int or more.
            if to == roots.short {
                return false;
            }
            Some(1)
        } else {
            rank(from)
        };
        match (from, rank(to)) {
            (Some(from), Some(to)) => from < to,
            _ => false,
        }
    }

    /// An Int constant (or a wider one) as a constant of the target type, if it fits.
    pub fn convert_constant(&mut self, expr: &Expr, target: TyId) -> Option<Expr> {
        let roots = self.types.roots();
        let ExprKind::Constant(constant) = &expr.kind else { return None };
        let new = match *constant {
            Constant::Int(value) if self.types.widen(expr.ty) == roots.int => {
                if target == roots.long {
                    Constant::Long(i64::from(value))
                } else if target == roots.double {
                    Constant::Double(f64::from(value).to_bits())
                } else if target == roots.float {
                    #[allow(clippy::cast_precision_loss, reason = "as Scala rounds it")]
                    let float = value as f32;
                    Constant::Float(f64::from(float).to_bits())
                } else if target == roots.byte && i8::try_from(value).is_ok()
                    || target == roots.short && i16::try_from(value).is_ok()
                {
                    Constant::Int(value)
                } else if target == roots.char {
                    Constant::Char(u16::try_from(value).ok()?)
                } else {
                    return None;
                }
            }
            Constant::Char(unit) if target == roots.int => Constant::Int(i32::from(unit)),
            Constant::Char(unit) if target == roots.long => Constant::Long(i64::from(unit)),
            _ => return None,
        };
        Some(typed(ExprKind::Constant(new), target, expr.span))
    }

    /// A call of `toLong` and the like.
    pub fn widen_number(&mut self, expr: Expr, target: TyId) -> Expr {
        let text = self.show(target);
        let name = Name::new(&format!("to{text}"));
        let found = self.types.widen(self.resolve(expr.ty));
        let Some(class) = self.types.class_of(found) else { return expr };
        let method = self.term_members(class, name).into_iter().find_map(|term| match term {
            crate::checker::Term::Method(method) => Some(method),
            _ => None,
        });
        match method {
            Some(method) => {
                self.signature(method);
                let span = expr.span;
                self.call(method, Some(expr), Vec::new(), target, span)
            }
            None => expr,
        }
    }

    /// The conversions that Scala's library makes by itself.
    fn convert(&mut self, expr: Expr, expected: TyId) -> Result<Expr, Expr> {
        let found = self.resolve(expr.ty);
        let roots = self.types.roots();
        if let ExprKind::Object(object) = expr.kind
            && let Some(function) = self.companion_function(object, expected, expr.span)
        {
            return Ok(function);
        }
        let expr = match self.tupled_lambda(expr, expected) {
            Ok(function) => return Ok(function),
            Err(expr) => expr,
        };
        if let Some((_, values)) = self.named_parts(found)
            && self.named_parts(expected).is_none()
            && self.conforms(values, expected)
        {
            return Ok(self.without_names(expr, values));
        }
        let class = self.class_for_members(found);
        if class.is_some()
            && class == self.known.string
            && let Some(converted) = self.convert_by("scala.Predef$", "wrapString", &expr, expected)
        {
            return self.converted(expr, converted, expected);
        }
        if class.is_some() && class == self.known.array {
            let copies = self.is_immutable_collection(expected);
            return self.array_as_sequence(expr, expected, copies);
        }
        if let Some(option) = self.known.option {
            // An option is an `Iterable` by conversion.
            if self.base(found, option).is_some() && self.is_collection(expected) {
                let span = expr.span;
                let list = self.read_member(expr, "toList", span);
                return if self.conforms(list.ty, expected) { Ok(list) } else { Err(list) };
            }
        }
        if found == roots.int || found == roots.long {
            let name = if found == roots.int { "int2bigInt" } else { "long2bigInt" };
            for object in ["scala.math.BigInt$", "scala.math.BigDecimal$"] {
                if let Some(converted) = self.convert_by(object, name, &expr, expected) {
                    return self.converted(expr, converted, expected);
                }
            }
        }
        self.implicit_conversion(expr, expected)
    }

    /// A function of several parameters where one of a tuple is expected.
    fn tupled_lambda(&mut self, expr: Expr, expected: TyId) -> Result<Expr, Expr> {
        let ExprKind::Lambda { params, is_defined_at: None, .. } = &expr.kind else {
            return Err(expr);
        };
        let count = params.len();
        if count < 2 {
            return Err(expr);
        }
        let Some(shape) = self.expected_function(Some(expected), count) else { return Err(expr) };
        let types: Vec<TyId> = params.iter().map(|param| self.symbols.locals[*param].ty).collect();
        let tuple = self.tuple_type(&types, expr.span);
        let [wanted] = shape.params[..] else { return Err(expr) };
        if !self.conforms(wanted, tuple) {
            return Err(expr);
        }
        let span = expr.span;
        let ExprKind::Lambda { params, body, .. } = expr.kind else { return Err(expr) };
        let body = self.adapt(*body, shape.result);
        Ok(self.tupled_function(params, body, shape, span))
    }

    fn is_collection(&mut self, ty: TyId) -> bool {
        let class = self.class_for_members(ty);
        class.is_some_and(|class| {
            matches!(
                self.symbols.classes[class].full_name.as_str(),
                "scala.collection.Iterable" | "scala.collection.immutable.Seq"
            )
        })
    }

    /// Whether a type says that nobody changes its values.
    fn is_immutable_collection(&mut self, ty: TyId) -> bool {
        let class = self.class_for_members(ty);
        let immutable = self.known.class("scala.collection.immutable.Seq");
        match (class, immutable) {
            (Some(class), Some(above)) => {
                self.complete_header(class);
                self.types.derives(&self.symbols, class, above)
            }
            _ => false,
        }
    }

    /// An array where a sequence is expected: shared, or copied where changes must not be seen.
    pub fn array_as_sequence(
        &mut self,
        array: Expr,
        expected: TyId,
        copies: bool,
    ) -> Result<Expr, Expr> {
        let name = if copies { "copyArrayToImmutableIndexedSeq" } else { "wrapArray" };
        match self.convert_by("scala.Predef$", name, &array, expected) {
            Some(converted) => self.converted(array, converted, expected),
            None => Err(array),
        }
    }

    /// The conversion method `name` of an object, with its result type, if that fits.
    fn convert_by(
        &mut self,
        object: &str,
        name: &str,
        expr: &Expr,
        expected: TyId,
    ) -> Option<(crate::symbols::ClassId, crate::symbols::MethodId)> {
        let object = self.known.class(object)?;
        let terms = self.term_members(object, Name::new(name));
        for term in terms {
            let crate::checker::Term::Method(method) = term else { continue };
            self.signature(method);
            let snapshot = self.snapshot();
            let (subst, _) = self.method_vars(method);
            let Some(param) = self.symbols.methods[method].params.first().copied() else {
                continue;
            };
            let param = self.types.subst(self.symbols.locals[param].ty, &subst);
            let result = self.types.subst(self.symbols.methods[method].result, &subst);
            let fits = self.sub(expr.ty, param) && self.sub(result, expected);
            self.rollback(snapshot);
            if fits {
                return Some((object, method));
            }
        }
        None
    }

    fn converted(
        &mut self,
        expr: Expr,
        (object, method): (crate::symbols::ClassId, crate::symbols::MethodId),
        expected: TyId,
    ) -> Result<Expr, Expr> {
        let (subst, vars) = self.method_vars(method);
        let param = self.symbols.methods[method].params[0];
        let param = self.types.subst(self.symbols.locals[param].ty, &subst);
        let result = self.types.subst(self.symbols.methods[method].result, &subst);
        self.sub(expr.ty, param);
        self.sub(result, expected);
        let vars: Vec<TyId> = vars.into_iter().map(|var| self.solve_all(var)).collect();
        let result = self.resolve(result);
        let span = expr.span;
        let receiver = self.object(object, span);
        let mut call = self.call(method, Some(receiver), vec![expr], result, span);
        if let ExprKind::Call { type_args, .. } = &mut call.kind {
            *type_args = vars;
        }
        Ok(call)
    }
}

enum Numeric {
    Constant(Expr),
    To(TyId),
}

fn is_constant(constant: &Constant, literal: Literal) -> bool {
    match (constant, literal) {
        (Constant::Int(a), Literal::Int(b)) => *a == b,
        (Constant::Long(a), Literal::Long(b)) => *a == b,
        (Constant::Char(a), Literal::Char(b)) => *a == b,
        (Constant::Double(a), Literal::Double(b)) => *a == b,
        (Constant::Boolean(a), Literal::Boolean(b)) => *a == b,
        (Constant::String(a), Literal::String(b)) => {
            b.as_str().encode_utf16().eq(a.iter().copied())
        }
        _ => false,
    }
}
