//! Text and equality: what `+` with a string, interpolation and `==` become.

use crate::body::Body as FunctionBody;
use crate::repr::{Prim, Repr, Val};
use fscc_ir::{ClassId as IrClass, Op, Type, Value, builtin};
use fscc_sema::symbols::{ClassId, ClassKind, Implementation, MethodId, Synthetic};
use fscc_sema::typed::{Body, Constant, Expr, ExprKind};
use fscc_sema::types::{Ty, TyId};

impl<'p> FunctionBody<'_, 'p> {
    /// Pieces of text joined.
    pub fn concat(&mut self, parts: &'p [Expr]) -> Val {
        // A left operand that is itself joined text is part of the same row.
        let mut pieces: Vec<&'p Expr> = Vec::new();
        let mut pending: Vec<&'p Expr> = parts.iter().rev().collect();
        while let Some(part) = pending.pop() {
            match &part.kind {
                ExprKind::Concat(inner) => pending.extend(inner.iter().rev()),
                _ => pieces.push(part),
            }
        }
        let mut texts: Vec<Value> = Vec::new();
        let mut literal: Vec<u16> = Vec::new();
        for piece in pieces {
            if let ExprKind::Constant(Constant::String(units)) = &piece.kind {
                literal.extend(units);
                continue;
            }
            let val = self.expr(piece);
            // All pieces are evaluated and converted in order; only constants wait.
            let text = self.text(val);
            if !literal.is_empty() {
                let units = std::mem::take(&mut literal);
                texts.push(self.b.const_units(&units));
            }
            texts.extend(text.value);
        }
        if !literal.is_empty() || texts.is_empty() {
            texts.push(self.b.const_units(&literal));
        }
        // Joined in pairs, so that long rows copy each unit a few times only.
        while texts.len() > 1 {
            let mut next = Vec::with_capacity(texts.len().div_ceil(2));
            for pair in texts.chunks(2) {
                next.push(match pair {
                    [a, b] => self.b.op_value(Op::StringConcat, &[*a, *b]),
                    rest => rest[0],
                });
            }
            texts = next;
        }
        Val::new(Repr::STRING, texts[0])
    }

    /// The text of a value, as `String.valueOf` gives it.
    pub fn text(&mut self, val: Val) -> Val {
        let op = match (val.repr, val.value) {
            (Repr::Prim(prim), Some(value)) => {
                let op = match prim {
                    Prim::Boolean => Op::StringFromBool,
                    Prim::Byte | Prim::Short | Prim::Int => Op::StringFromI32,
                    Prim::Char => Op::StringFromChar,
                    Prim::Long => Op::StringFromI64,
                    Prim::Float => Op::StringFromF32,
                    Prim::Double => Op::StringFromF64,
                    Prim::UInt128 | Prim::Amount => Op::StringFromU128,
                    Prim::Int128 => Op::StringFromI128,
                };
                self.b.op_value(op, &[value])
            }
            (Repr::Unit, _) => return self.string("()"),
            (Repr::Ref(builtin::STRING), Some(value)) => {
                // Null prints as `null`.
                self.b.op_value(Op::PrimitiveText, &[value])
            }
            (Repr::Never, _) => return Val::NEVER,
            (Repr::Ref(builtin::BYTES), Some(_)) => {
                let text = self.library_member("fvm.Bytes", "toString", val, &[]);
                return self.coerce(text, Repr::STRING);
            }
            _ => {
                let boxed = Val::new(Repr::Any, self.boxed(val));
                return self.call_library("fvm.internal.AnyOps$", "text", &[boxed]);
            }
        };
        Val::new(Repr::STRING, op)
    }

    /// `a == b`.
    pub fn equals(&mut self, a: &'p Expr, b: &'p Expr) -> Val {
        let is_null = |expr: &Expr| matches!(expr.kind, ExprKind::Constant(Constant::Null));
        let value = if is_null(b) {
            let val = self.expr(a);
            let boxed = self.boxed(val);
            self.b.op_value(Op::IsNull, &[boxed])
        } else if is_null(a) {
            let val = self.expr(b);
            let boxed = self.boxed(val);
            self.b.op_value(Op::IsNull, &[boxed])
        } else if let Some(class) = self.sole_instance(b)
            && self.compares_by_identity(self.l.program.types.erase(self.l.symbols(), a.ty))
        {
            let val = self.expr(a);
            let boxed = self.boxed(val);
            self.b.is(class, boxed)
        } else {
            let (left, right) = (self.expr(a), self.expr(b));
            let class = self.l.program.types.erase(self.l.symbols(), a.ty);
            self.equal_of(Some(class), left, right)
        };
        Val::new(Repr::BOOLEAN, value)
    }

    /// The class of which an expression is the only instance, if equality with it is a matter of
    /// the class alone: an object compared by identity whose initialisation does nothing.
    pub fn sole_instance(&mut self, expr: &Expr) -> Option<IrClass> {
        let ExprKind::Object(class) = expr.kind else { return None };
        let symbols = self.l.symbols();
        if !crate::classes::is_static_object(symbols, class) {
            return None;
        }
        let constructor = symbols.classes[class].constructor;
        let is_quiet = constructor.is_none_or(|method| match self.l.program.bodies.get(&method) {
            Some(Body::Constructor(body)) => body.statements.is_empty(),
            Some(Body::Expr(_)) => false,
            None => true,
        });
        if !is_quiet || !self.compares_by_identity(class) {
            return None;
        }
        match self.l.this_repr(class) {
            Repr::Ref(class) => Some(class),
            _ => None,
        }
    }

    /// Whether two values of known types are equal for what the compiler compares itself (fields of
    /// case classes and value classes, stable patterns): the left type may overload `==`.
    pub fn equal_typed(&mut self, (left, a): (TyId, Val), (right, b): (TyId, Val)) -> Value {
        let class = self.l.program.types.erase(self.l.symbols(), left);
        match self.overloaded_equality(left, right) {
            Some((class, method)) => {
                let repr = self.l.this_repr(class);
                let this = self.coerce(a, repr);
                let result = self.invoke(class, method, this, &[b]);
                self.slot_value(result, Repr::BOOLEAN)
            }
            None => self.equal_of(Some(class), a, b),
        }
    }

    /// The overload of `==` that a comparison of these types takes. The checker refuses overloads
    /// among which the class of the right side alone does not choose.
    pub fn overloaded_equality(&self, left: TyId, right: TyId) -> Option<(ClassId, MethodId)> {
        let symbols = self.l.symbols();
        let types = &self.l.program.types;
        let (class, right) = (self.static_class(left), self.static_class(right));
        let takes = |method: &MethodId| {
            let info = &symbols.methods[*method];
            info.name.as_str() == "=="
                && info.params.len() == 1
                && types.derives(
                    symbols,
                    right,
                    types.erase(symbols, symbols.locals[info.params[0]].ty),
                )
        };
        let bases = symbols.classes[class].linearization.iter();
        let mut users = bases.filter(|base| !symbols.classes[**base].is_library);
        let found = users.find_map(|base| symbols.classes[*base].methods.iter().find(|m| takes(m)));
        found.map(|method| (class, *method))
    }

    /// The class whose members a value of this type has.
    fn static_class(&self, ty: TyId) -> ClassId {
        let (symbols, types) = (self.l.symbols(), &self.l.program.types);
        let mut ty = ty;
        while let Ty::Param(param) = types.get(ty)
            && symbols.type_params[param].opaque.is_none()
        {
            ty = symbols.type_params[param].upper;
        }
        types.erase(symbols, ty)
    }

    /// Whether two values are equal by `==`.
    pub fn equal(&mut self, a: Val, b: Val) -> Value {
        self.equal_of(None, a, b)
    }

    /// The same, where the class of the left side is known.
    pub fn equal_of(&mut self, class: Option<ClassId>, a: Val, b: Val) -> Value {
        match (a.repr, b.repr, a.value, b.value) {
            (Repr::Prim(p), Repr::Prim(q), Some(x), Some(y)) if p.ty() == q.ty() => {
                return self.scalar_equal(p, x, y);
            }
            (Repr::Prim(p), Repr::Prim(q), Some(x), Some(y))
                if p.is_scala_number() && q.is_scala_number() =>
            {
                return self.numbers_equal((p, x), (q, y));
            }
            (Repr::Ref(builtin::STRING), Repr::Ref(builtin::STRING), Some(x), Some(y)) => {
                return self.b.op_value(Op::StringEq, &[x, y]);
            }
            (Repr::Ref(builtin::BYTES), Repr::Ref(builtin::BYTES), Some(x), Some(y)) => {
                return self.b.op_value(Op::BytesEq, &[x, y]);
            }
            (Repr::Unit, Repr::Unit, ..) => return self.b.const_bool(true),
            _ => {}
        }
        let (x, y) = (self.boxed(a), self.boxed(b));
        if class.is_some_and(|class| self.compares_by_identity(class)) {
            return self.b.op_value(Op::RefEq, &[x, y]);
        }
        let is_simple =
            |repr: Repr| matches!(repr, Repr::Ref(builtin::STRING) | Repr::Prim(Prim::Boolean));
        if is_simple(a.repr) {
            return self.b.op_value(Op::PrimitiveEq, &[x, y]);
        }
        let (x, y) = (Val::new(Repr::Any, x), Val::new(Repr::Any, y));
        let result = self.call_library("fvm.internal.AnyOps$", "equal", &[x, y]);
        self.slot_value(result, Repr::BOOLEAN)
    }

    fn numbers_equal(&mut self, (p, x): (Prim, Value), (q, y): (Prim, Value)) -> Value {
        let wide = match (p.ty(), q.ty()) {
            (Type::F64, _) | (_, Type::F64) => Prim::Double,
            _ => Prim::Long,
        };
        let x = self.convert(x, p, wide);
        let y = self.convert(y, q, wide);
        match (x.value, y.value) {
            (Some(x), Some(y)) => self.scalar_equal(wide, x, y),
            _ => self.b.const_bool(false),
        }
    }

    /// Whether all values of the class are compared by identity: neither the class nor anything
    /// below it defines `equals`, and everything below it is known.
    fn compares_by_identity(&self, class: ClassId) -> bool {
        let symbols = self.l.symbols();
        let Some(equals) = self.l.program.known.any_equals else { return false };
        let is_value = |class: ClassId| {
            let any_val = self.l.program.types.roots().any_val_class;
            symbols.classes[class].linearization.contains(&any_val)
        };
        if self.l.builtins.has_builtin_values(class) || is_value(class) {
            return false;
        }
        // What a case object has by itself; one that it inherits is code of the program.
        let is_made = |method: MethodId| {
            let made = Implementation::Synthetic(Synthetic::CaseEquals);
            symbols.methods[method].implementation == made
        };
        let mut pending = vec![class];
        while let Some(class) = pending.pop() {
            let info = &symbols.classes[class];
            let is_closed = info.is_sealed || info.is_final || info.kind == ClassKind::Object;
            let own = self.l.implementation(class, equals);
            let is_default = match own {
                None => true,
                Some(method) => {
                    self.l.is_root_member(method)
                        || info.kind == ClassKind::Object && is_made(method)
                }
            };
            if !is_closed || !is_default {
                return false;
            }
            pending.extend(&info.children);
        }
        true
    }
}
