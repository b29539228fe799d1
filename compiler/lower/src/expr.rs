//! Expressions. An expression is lowered to a value in whatever representation is natural, or in
//! the one that is wanted; structured expressions hand the wish on to their branches, so that a
//! value is boxed at most once.
//!
//! Guarantees: evaluation is left to right as the tree stands; chains of `else if`, nested blocks
//! at the end of blocks and long statement lists use no stack per link.

use crate::analysis::{Unit, address};
use crate::body::{Body, ReturnTo};
use crate::classes::{ClassKey, Slot, is_static_object};
use crate::context::{FuncKey, Node};
use crate::repr::{Prim, Repr, Val};
use fscc_ir::{Block, FieldRef, Op, Type, Value};
use fscc_sema::symbols::{ClassId, FieldId, Implementation, MethodId, Owner};
use fscc_sema::typed::{Constant, Dispatch, Expr, ExprKind, Stmt};

impl<'p> Body<'_, 'p> {
    /// The value in its natural representation.
    pub fn expr(&mut self, expr: &'p Expr) -> Val {
        self.expr_want(expr, None)
    }

    /// The value in this representation.
    pub fn expr_to(&mut self, expr: &'p Expr, repr: Repr) -> Val {
        let val = self.expr_want(expr, Some(repr));
        self.coerce(val, repr)
    }

    /// Evaluates and drops.
    pub fn discard(&mut self, expr: &'p Expr) {
        self.expr_want(expr, Some(Repr::Unit));
    }

    /// The value; structured expressions give it in the wanted representation.
    pub fn expr_want(&mut self, expr: &'p Expr, want: Option<Repr>) -> Val {
        let saved = self.b.span();
        if !expr.span.is_synthetic() {
            self.b.set_span(expr.span);
        }
        let val = self.dispatch(expr, want);
        self.b.set_span(saved);
        val
    }

    fn dispatch(&mut self, expr: &'p Expr, want: Option<Repr>) -> Val {
        match &expr.kind {
            ExprKind::Error => {
                // Programs with mistakes do not come here: better told than run.
                let place = format!("an expression without meaning (offset {})", expr.span.lo);
                self.l.missing.push(place);
                self.unreachable();
                Val::NEVER
            }
            ExprKind::Constant(constant) => self.constant(constant, expr, want),
            ExprKind::Local(local) => self.local(*local),
            ExprKind::AssignLocal(local, value) => {
                let repr = self.l.local_repr(*local);
                let val = self.expr_to(value, repr);
                self.assign(*local, val);
                Val::UNIT
            }
            ExprKind::This(class) => self.this_of(*class),
            ExprKind::Object(class) => self.any_object(*class),
            ExprKind::Field(object, field) => self.field(object, *field),
            ExprKind::AssignField(object, field, value) => {
                self.assign_field(object, *field, value);
                Val::UNIT
            }
            ExprKind::Call { .. } => self.call(expr),
            ExprKind::New { class, constructor, outer, args, .. } => {
                self.new_instance(expr, *class, *constructor, outer.as_deref(), args)
            }
            ExprKind::Lambda { .. } => self.lambda(expr),
            ExprKind::Block(..) => self.block(expr, want),
            ExprKind::If(..) => self.conditional(expr, want),
            ExprKind::While(condition, body) => self.while_loop(condition, body),
            ExprKind::And(..) | ExprKind::Or(..) => self.logical(expr),
            ExprKind::Match(..) => self.match_expr(expr, want),
            ExprKind::Try(..) => self.try_expr(expr, want),
            ExprKind::Throw(value) => self.throw(value),
            ExprKind::Return(_, value) => self.return_value(value),
            ExprKind::Cast(value, ty) => self.cast(value, *ty),
            ExprKind::Is(value, ty) => {
                let val = self.expr(value);
                let test = self.type_test(val, *ty);
                Val::new(Repr::BOOLEAN, test)
            }
            ExprKind::Equals(a, b) => self.equals(a, b),
            ExprKind::Concat(parts) => self.concat(parts),
            ExprKind::Sequence(parts, ty) => self.sequence(parts, *ty),
            ExprKind::Array(parts, ty) => self.array_literal(parts, *ty),
            ExprKind::Storage(op, field, args) => self.storage_op(*op, *field, args, expr.ty),
            ExprKind::Message(message) => self.message(message, want),
            ExprKind::World(op) => self.world(op, expr, want),
        }
    }

    // ── simple ──

    fn constant(&mut self, constant: &Constant, expr: &Expr, want: Option<Repr>) -> Val {
        let repr = self.l.repr(expr.ty);
        match constant {
            Constant::Unit => Val::UNIT,
            Constant::Boolean(value) => self.boolean(*value),
            Constant::Int(value) => match repr {
                Repr::Prim(Prim::Byte | Prim::Short) => Val::new(repr, self.b.const_i32(*value)),
                _ => self.int(*value),
            },
            Constant::Long(value) => Val::new(Repr::Prim(Prim::Long), self.b.const_i64(*value)),
            Constant::Char(unit) => {
                Val::new(Repr::Prim(Prim::Char), self.b.const_i32(i32::from(*unit)))
            }
            Constant::Float(bits) => Val::new(Repr::Prim(Prim::Float), self.b.const_f64(*bits)),
            Constant::Double(bits) => Val::new(Repr::Prim(Prim::Double), self.b.const_f64(*bits)),
            Constant::String(units) => Val::new(Repr::STRING, self.b.const_units(units)),
            Constant::Null => match want {
                Some(Repr::Ref(class)) => {
                    Val::new(Repr::Ref(class), self.b.const_null(Type::Ref(class)))
                }
                Some(repr @ Repr::Prim(_)) => self.zero(repr),
                _ => Val::new(Repr::Any, self.b.const_null(Type::Any)),
            },
        }
    }

    /// A singleton object. (One inside an instance or a block is a lazy value of a class of its
    /// own; no tree names it as an object.)
    pub fn any_object(&mut self, class: ClassId) -> Val {
        match self.this {
            Some((_, own)) if own == class => self.this_of(class),
            _ => self.object(class),
        }
    }

    fn field(&mut self, object: &'p Expr, field: FieldId) -> Val {
        if let Some(constant) = self.l.constant_field(field) {
            return self.expr(constant);
        }
        let info = &self.l.symbols().fields[field];
        if info.storage.is_some() {
            return self.read_storage(field);
        }
        let owner = info.owner;
        let (value, class) = self.instance(object, owner);
        self.get_slot(value, class, owner, Slot::Field(field))
    }

    fn assign_field(&mut self, object: &'p Expr, field: FieldId, value: &'p Expr) {
        let info = &self.l.symbols().fields[field];
        let repr = self.l.repr(info.ty).or_any();
        if self.l.constant_field(field).is_some() {
            return;
        }
        if info.storage.is_some() {
            return self.assign_storage(field, value);
        }
        let owner = info.owner;
        let (object, class) = self.instance(object, owner);
        let val = self.expr_to(value, repr);
        self.set_slot(object, (class, owner), Slot::Field(field), val);
    }

    /// An instance whose slots are accessed, with the most specific class that is known.
    fn instance(&mut self, object: &'p Expr, owner: ClassId) -> (Value, ClassId) {
        let class = self.l.program.types.erase(self.l.symbols(), object.ty);
        let class = match self.l.program.types.derives(self.l.symbols(), class, owner) {
            true if class != owner => class,
            _ => owner,
        };
        let repr = self.l.this_repr(class);
        let val = self.expr_to(object, repr);
        (self.slot_value(val, repr), class)
    }

    // ── blocks and control ──

    fn block(&mut self, expr: &'p Expr, want: Option<Repr>) -> Val {
        let mut at = expr;
        while let ExprKind::Block(stmts, result) = &at.kind {
            self.statements(stmts);
            at = result;
        }
        self.expr_want(at, want)
    }

    /// Statements of a block, a constructor or a suite.
    pub fn statements(&mut self, stmts: &'p [Stmt]) {
        for stmt in stmts {
            match stmt {
                Stmt::Let(local, init) if self.l.symbols().locals[*local].is_lazy => {
                    self.l.lazies.insert(*local, init);
                    self.declare_lazy(*local);
                }
                _ => {}
            }
        }
        for stmt in stmts {
            match stmt {
                Stmt::Expr(expr) => self.discard(expr),
                Stmt::Let(local, init) => {
                    if !self.l.symbols().locals[*local].is_lazy {
                        let repr = self.l.local_repr(*local);
                        let val = self.expr_to(init, repr);
                        self.declare(*local, val);
                    }
                }
                Stmt::Function(_) | Stmt::Class(_) => {}
            }
        }
    }

    fn conditional(&mut self, expr: &'p Expr, want: Option<Repr>) -> Val {
        let repr = want.unwrap_or_else(|| self.l.repr(expr.ty));
        let (end, result) = self.join(repr);
        let mut at = expr;
        while let ExprKind::If(condition, yes, no) = &at.kind {
            let (then, otherwise) = (self.b.create_block(), self.b.create_block());
            self.b.set_span(at.span);
            self.condition(condition, then, otherwise);
            self.b.seal(then);
            self.b.seal(otherwise);
            self.b.switch_to(then);
            let val = self.expr_to(yes, repr);
            self.jump_with(end, val, repr);
            self.b.switch_to(otherwise);
            at = no;
        }
        let val = self.expr_to(at, repr);
        self.jump_with(end, val, repr);
        self.b.seal(end);
        self.b.switch_to(end);
        self.called(repr, result.value)
    }

    fn while_loop(&mut self, condition: &'p Expr, body: &'p Expr) -> Val {
        let (header, inside, end) =
            (self.b.create_block(), self.b.create_block(), self.b.create_block());
        self.b.jump(header, &[]);
        self.b.switch_to(header);
        self.condition(condition, inside, end);
        self.b.seal(inside);
        self.b.switch_to(inside);
        self.discard(body);
        self.b.jump(header, &[]);
        self.b.seal(header);
        self.b.seal(end);
        self.b.switch_to(end);
        Val::UNIT
    }

    /// Goes to one of two blocks.
    pub fn condition(&mut self, expr: &'p Expr, then: Block, otherwise: Block) {
        match &expr.kind {
            ExprKind::And(a, b) => {
                let middle = self.b.create_block();
                self.condition(a, middle, otherwise);
                self.b.seal(middle);
                self.b.switch_to(middle);
                self.condition(b, then, otherwise);
            }
            ExprKind::Or(a, b) => {
                let middle = self.b.create_block();
                self.condition(a, then, middle);
                self.b.seal(middle);
                self.b.switch_to(middle);
                self.condition(b, then, otherwise);
            }
            ExprKind::Constant(Constant::Boolean(value)) => {
                self.b.jump(if *value { then } else { otherwise }, &[]);
            }
            ExprKind::Call { method, receiver: Some(receiver), .. } if self.is_not(*method) => {
                self.condition(receiver, otherwise, then);
            }
            _ => {
                let val = self.expr_to(expr, Repr::BOOLEAN);
                let value = self.slot_value(val, Repr::BOOLEAN);
                self.b.branch(value, then, otherwise);
            }
        }
    }

    fn is_not(&self, method: MethodId) -> bool {
        matches!(self.l.symbols().methods[method].implementation,
            Implementation::Intrinsic(name) if name.as_str() == "bool.not")
    }

    fn logical(&mut self, expr: &'p Expr) -> Val {
        let (yes, no) = (self.b.create_block(), self.b.create_block());
        let (end, result) = self.join(Repr::BOOLEAN);
        self.condition(expr, yes, no);
        for (block, value) in [(yes, true), (no, false)] {
            self.b.seal(block);
            self.b.switch_to(block);
            let val = self.boolean(value);
            self.jump_with(end, val, Repr::BOOLEAN);
        }
        self.b.seal(end);
        self.b.switch_to(end);
        result
    }

    fn throw(&mut self, value: &'p Expr) -> Val {
        let repr = match self.l.program.known.throwable {
            Some(class) => self.l.this_repr(class),
            None => Repr::Ref(fscc_ir::builtin::OBJECT),
        };
        let val = self.expr_to(value, repr);
        let value = self.slot_value(val, repr);
        self.b.throw(value);
        Val::NEVER
    }

    fn return_value(&mut self, value: &'p Expr) -> Val {
        match self.returns {
            ReturnTo::Function(repr) => {
                let val = self.expr_to(value, repr);
                self.b.ret(val.value);
            }
            ReturnTo::Cell(cell) => {
                let val = self.expr_to(value, Repr::Any);
                let class = self.l.class(ClassKey::ReturnCell);
                let (one, value) = (self.b.const_i32(1), self.boxed(val));
                self.b.field_set(FieldRef { class, index: 0 }, cell, one);
                self.b.field_set(FieldRef { class, index: 1 }, cell, value);
                let nothing = self.b.const_null(Type::Any);
                self.b.ret(Some(nothing));
            }
        }
        Val::NEVER
    }

    /// An expression in tail position of a method: calls of the method itself reuse the frame.
    pub fn tail(&mut self, expr: &'p Expr, repr: Repr) -> Val {
        match &expr.kind {
            ExprKind::Block(stmts, result) => {
                self.statements(stmts);
                let mut at = &**result;
                while let ExprKind::Block(stmts, result) = &at.kind {
                    self.statements(stmts);
                    at = result;
                }
                self.tail(at, repr)
            }
            ExprKind::If(..) => {
                let mut at = expr;
                while let ExprKind::If(condition, yes, no) = &at.kind {
                    let (then, otherwise) = (self.b.create_block(), self.b.create_block());
                    self.b.set_span(at.span);
                    self.condition(condition, then, otherwise);
                    self.b.seal(then);
                    self.b.seal(otherwise);
                    self.b.switch_to(then);
                    let val = self.tail(yes, repr);
                    self.leave(val, repr);
                    self.b.switch_to(otherwise);
                    at = no;
                }
                self.tail(at, repr)
            }
            ExprKind::And(a, b) | ExprKind::Or(a, b) => {
                let is_and = matches!(expr.kind, ExprKind::And(..));
                let (yes, no) = (self.b.create_block(), self.b.create_block());
                self.condition(a, yes, no);
                self.b.seal(yes);
                self.b.seal(no);
                self.b.switch_to(if is_and { no } else { yes });
                let short = self.boolean(!is_and);
                self.leave(short, repr);
                self.b.switch_to(if is_and { yes } else { no });
                self.tail(b, repr)
            }
            ExprKind::Match(..) => self.match_tail(expr, repr),
            ExprKind::Call { method, dispatch, receiver, args, .. }
                if Some(*method) == self.method && self.is_self_call(*method, *dispatch) =>
            {
                self.self_call(*method, receiver.as_deref(), args)
            }
            _ => self.expr_to(expr, repr),
        }
    }

    /// Leaves the function with a value.
    pub fn leave(&mut self, val: Val, repr: Repr) {
        let val = self.coerce(val, repr);
        match repr {
            Repr::Never => self.unreachable(),
            _ => self.b.ret(val.value),
        }
    }

    fn is_self_call(&mut self, method: MethodId, dispatch: Dispatch) -> bool {
        let info = &self.l.symbols().methods[method];
        let is_final = match info.owner {
            Owner::Class(class) => info.is_final || self.l.symbols().classes[class].is_final,
            _ => true,
        };
        is_final && !matches!(dispatch, Dispatch::SuperOf(_))
    }

    fn self_call(&mut self, method: MethodId, receiver: Option<&'p Expr>, args: &'p [Expr]) -> Val {
        let sig = self.l.method_sig(method);
        let mut values = Vec::new();
        match (sig.this, receiver) {
            (Some(repr), Some(receiver)) => {
                let this = self.expr_to(receiver, repr);
                values.extend(this.value);
            }
            (None, Some(receiver)) => self.discard_object(receiver),
            _ => {}
        }
        let class = self.l.analysis.units.get(&Unit::Method(method)).and_then(|unit| unit.class);
        for (capture, repr) in &sig.captures {
            let val = self.captured(*capture, class);
            values.extend(self.coerce(val, *repr).value);
        }
        for (arg, repr) in args.iter().zip(&sig.params) {
            let val = self.expr_to(arg, *repr);
            values.extend(val.value);
        }
        let func = self.l.func(FuncKey::Method(method));
        self.b.tail_call(func, &values);
        Val::NEVER
    }

    /// Evaluates the receiver of a member of a static object, which takes no receiver.
    pub fn discard_object(&mut self, receiver: &'p Expr) {
        match &receiver.kind {
            ExprKind::This(_) => {}
            ExprKind::Object(class) if is_static_object(self.l.symbols(), *class) => {
                if self.this.is_none_or(|(_, own)| own != *class)
                    && !self.l.is_inert_object(*class)
                    && !self.is_initialising(*class)
                {
                    self.object(*class);
                }
            }
            _ => self.discard(receiver),
        }
    }

    /// Whether this function is a member of the object, which therefore has been initialised.
    fn is_initialising(&self, class: ClassId) -> bool {
        self.method
            .is_some_and(|method| self.l.symbols().methods[method].owner == Owner::Class(class))
    }

    // ── sequences ──

    fn sequence(&mut self, parts: &'p [Expr], ty: fscc_sema::types::TyId) -> Val {
        let array = self.array_literal(parts, ty);
        self.call_library("scala.collection.immutable.ArraySeq$", "unsafeWrapArray", &[array])
    }

    /// An array with these elements.
    pub fn array_literal(&mut self, parts: &'p [Expr], ty: fscc_sema::types::TyId) -> Val {
        let class = self.l.array_class_of(ty).unwrap_or(fscc_ir::builtin::ARRAY_ANY);
        let repr = match class {
            fscc_ir::builtin::ARRAY_ANY => Repr::Any,
            _ => self.l.repr(ty),
        };
        let length = self.b.const_i32(i32::try_from(parts.len()).unwrap_or(i32::MAX));
        let array = self.b.array_new(class, length);
        for (index, part) in parts.iter().enumerate() {
            let val = self.expr_to(part, repr);
            let value = self.slot_value(val, repr);
            let index = self.b.const_i32(i32::try_from(index).unwrap_or(i32::MAX));
            self.b.array_set(class, array, index, value);
        }
        Val::new(Repr::Ref(class), array)
    }

    // ── casts and type tests ──

    fn cast(&mut self, value: &'p Expr, ty: fscc_sema::types::TyId) -> Val {
        let to = self.l.repr(ty);
        if let (ExprKind::Constant(Constant::Null), Repr::Prim(_)) = (&value.kind, to) {
            return self.zero(to);
        }
        let val = self.expr_want(value, matches!(to, Repr::Ref(_)).then_some(to));
        // Only what is known to be a number is converted; anything else must be of the class.
        let is_number = |repr| matches!(repr, Repr::Prim(prim) if prim.is_scala_number());
        let converts = is_number(self.l.repr(value.ty)) && is_number(to);
        match (val.repr, to, val.value) {
            (Repr::Prim(from), Repr::Prim(prim), Some(value)) if from != prim && converts => {
                self.convert(value, from, prim)
            }
            (Repr::Prim(from), Repr::Prim(prim), _) if from != prim => {
                let boxed = self.coerce(val, Repr::Any);
                self.coerce(boxed, to)
            }
            (Repr::Any, Repr::Prim(_), Some(value)) => self.unboxed_or_zero(value, to),
            (_, Repr::Never, _) => {
                self.unreachable();
                Val::NEVER
            }
            _ => self.coerce(val, to),
        }
    }

    /// The scalar in a box; null is zero for `asInstanceOf`.
    fn unboxed_or_zero(&mut self, value: Value, to: Repr) -> Val {
        let (end, result) = self.join(to);
        let (none, some) = (self.b.create_block(), self.b.create_block());
        let is_null = self.b.op_value(Op::IsNull, &[value]);
        self.b.branch(is_null, none, some);
        self.b.seal(none);
        self.b.switch_to(none);
        let zero = self.zero(to);
        self.jump_with(end, zero, to);
        self.b.seal(some);
        self.b.switch_to(some);
        let scalar = self.coerce(Val::new(Repr::Any, value), to);
        self.jump_with(end, scalar, to);
        self.b.seal(end);
        self.b.switch_to(end);
        result
    }

    /// A number as another type of number, as `asInstanceOf` converts.
    pub fn convert(&mut self, value: Value, from: Prim, to: Prim) -> Val {
        let op = |body: &mut Self, op: Op, value: Value| body.b.op_value(op, &[value]);
        let converted = match (from.ty(), to.ty()) {
            (Type::I32, Type::I64) => op(self, Op::I32ToI64, value),
            (Type::I32, Type::F64) => op(self, Op::I32ToF64, value),
            (Type::I64, Type::F64) => op(self, Op::I64ToF64, value),
            (Type::I64, Type::I32) => op(self, Op::I64ToI32, value),
            (Type::F64, Type::I32) => op(self, Op::F64ToI32, value),
            (Type::F64, Type::I64) => op(self, Op::F64ToI64, value),
            _ => value,
        };
        let narrowed = match to {
            Prim::Byte => op(self, Op::I32ToI8, converted),
            Prim::Short => op(self, Op::I32ToI16, converted),
            Prim::Char => op(self, Op::I32ToU16, converted),
            Prim::Float => op(self, Op::F64RoundF32, converted),
            _ => converted,
        };
        Val::new(Repr::Prim(to), narrowed)
    }

    // ── instances and closures ──

    fn new_instance(
        &mut self,
        expr: &'p Expr,
        class: ClassId,
        constructor: MethodId,
        outer: Option<&'p Expr>,
        args: &'p [Expr],
    ) -> Val {
        if Some(class) == self.l.builtins.array {
            let array = self.l.array_class(expr.ty).unwrap_or(fscc_ir::builtin::ARRAY_ANY);
            let length = match args.first() {
                Some(length) => self.expr_to(length, Repr::INT),
                None => self.int(0),
            };
            let length = self.slot_value(length, Repr::INT);
            return Val::new(Repr::Ref(array), self.b.array_new(array, length));
        }
        if let Implementation::Intrinsic(_) = self.l.symbols().methods[constructor].implementation {
            let args: Vec<Val> = args.iter().map(|arg| self.expr(arg)).collect();
            let mut val = self.intrinsic_values(constructor, &args);
            val.repr = self.l.class_repr(class);
            return val;
        }
        let outer = outer.map(|outer| self.expr(outer));
        let sig = self.l.method_sig(constructor);
        let mut params = Vec::new();
        for (arg, repr) in args.iter().zip(&sig.params) {
            params.push(self.expr_to(arg, *repr));
        }
        self.make(class, constructor, outer, &params)
    }

    /// A new instance of a class of the program.
    pub fn make(
        &mut self,
        class: ClassId,
        constructor: MethodId,
        outer: Option<Val>,
        params: &[Val],
    ) -> Val {
        let repr = self.l.this_repr(class);
        let Repr::Ref(_) = repr else {
            self.unreachable();
            return Val::NEVER;
        };
        let made = self.l.instantiate(ClassKey::Source(class));
        let object = Val::new(repr, self.b.new_object(made));
        self.construct(class, constructor, object, outer, params);
        object
    }

    fn lambda(&mut self, expr: &'p Expr) -> Val {
        let node = address(expr);
        self.l.nodes.insert(node, Node { expr });
        let class = self.l.instantiate(ClassKey::Lambda(node));
        let object = self.b.new_object(class);
        let around = self.l.analysis.units.get(&Unit::Lambda(node)).and_then(|unit| unit.class);
        for (index, (capture, repr)) in self.l.lambda_captures(node).into_iter().enumerate() {
            let val = self.captured(capture, around);
            if let Some(value) = self.coerce(val, repr).value {
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                self.b.field_set(FieldRef { class, index }, object, value);
            }
        }
        Val::new(Repr::Ref(class), object)
    }
}
