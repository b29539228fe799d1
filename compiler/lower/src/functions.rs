//! Methods, constructors, accessors, objects, lazy values, bridges: one SSA function each.
//!
//! Guarantees: a constructor first stores its parameters, then runs the superclass, the traits in
//! linearisation order, and the statements; an object is in its global before its constructor
//! runs; a lazy value whose initialiser throws stays unset.

use crate::analysis::{Capture, Unit, is_local_class};
use crate::body::{Body, ReturnTo, plain_repr};
use crate::classes::{ClassKey, SelectorKey, Slot, is_static_object};
use crate::closures::LambdaPart;
use crate::context::{FuncKey, GlobalKey, Helper, Lowering, Sig};
use crate::repr::{Repr, Val};
use fscc_base::Span;
use fscc_ir::{Func, SelectorId, Type, Value};
use fscc_sema::symbols::{ClassId, FieldId, Implementation, LocalId, MethodId, MethodKind, Owner};
use fscc_sema::typed::{self, Constructor, ConstructorCall};

impl<'p> Lowering<'p> {
    /// The function of a method.
    pub fn lower_method(&mut self, method: MethodId) -> Func {
        let info = &self.symbols().methods[method];
        let sig = self.method_sig(method);
        let name = self.method_name(method);
        let class = match info.owner {
            Owner::Class(class) => Some(class),
            _ => self.analysis.units.get(&Unit::Method(method)).and_then(|unit| unit.class),
        };
        let mut body = Body::new(self, &name, &sig, info.span);
        body.method = Some(method);
        let params = body.bind_captures(&sig, class);
        if let (Owner::Class(class), true) = (info.owner, info.kind != MethodKind::Constructor)
            && body.this.is_some()
            && is_local_class(body.l.symbols(), class)
        {
            body.bind_kept(Unit::Method(method), class);
        }
        if info.kind == MethodKind::Constructor {
            body.bind_outer(&sig);
        }
        for (local, val) in info.params.iter().zip(params) {
            body.declare(*local, val);
        }
        body.method_body(method, &sig)
    }

    /// The function that gives a static object.
    pub fn lower_object(&mut self, class: ClassId) -> Func {
        let symbols = self.symbols();
        let info = &symbols.classes[class];
        let repr = self.this_repr(class);
        let sig = Sig { this: None, captures: Vec::new(), params: Vec::new(), result: repr };
        let ty = repr.ty().unwrap_or(Type::Any);
        let global = self.global(GlobalKey::Object(class), &info.full_name, ty);
        let mut body = Body::new(self, &format!("{}.<get>", info.full_name), &sig, info.span);
        let known = body.b.global_get(global, ty);
        let (missing, present) = (body.b.create_block(), body.b.create_block());
        let is_null = body.b.op_value(fscc_ir::Op::IsNull, &[known]);
        body.b.branch(is_null, missing, present);
        body.b.switch_to(present);
        body.b.ret(Some(known));
        body.b.switch_to(missing);
        let made = body.l.instantiate(ClassKey::Source(class));
        let object = body.b.new_object(made);
        body.b.global_set(global, object);
        if let Some(constructor) = info.constructor {
            body.call_method(constructor, Some(Val::new(repr, object)), &[]);
        }
        body.finish(Val::new(repr, object), repr)
    }

    /// The function that reads a local lazy value.
    pub fn lower_lazy(&mut self, local: LocalId) -> Func {
        let info = &self.symbols().locals[local];
        let sig = self.lazy_sig(local);
        let class = self.analysis.units.get(&Unit::Lazy(local)).and_then(|unit| unit.class);
        let mut body = Body::new(self, &format!("{}.<lazy>", info.name), &sig, info.span);
        body.bind_captures(&sig, class);
        let cell = body.b.param(0);
        let (state_field, value_field) = body.lazy_fields(local);
        let state = body.b.field_get(state_field, Type::I32, cell);
        let (set, unset) = (body.b.create_block(), body.b.create_block());
        body.b.branch(state, set, unset);
        body.b.switch_to(set);
        let known = match value_field {
            Some((field, ty)) => {
                let value = body.b.field_get(field, ty, cell);
                Val::new(plain_repr(sig.result), value)
            }
            None => Val::UNIT,
        };
        let known = body.coerce(known, sig.result);
        body.b.ret(known.value);
        body.b.switch_to(unset);
        let result = match body.l.lazies.get(&local).copied() {
            Some(init) => body.expr_to(init, sig.result),
            None => Val::NEVER,
        };
        let result = body.coerce(result, sig.result);
        if let (Some((field, _)), Some(value)) = (value_field, result.value) {
            body.b.field_set(field, cell, value);
        }
        let one = body.b.const_i32(1);
        body.b.field_set(state_field, cell, one);
        body.finish(result, sig.result)
    }

    /// What reading a local lazy value takes: its own cell first.
    pub fn lazy_sig(&mut self, local: LocalId) -> Sig {
        let unit = Unit::Lazy(local);
        let class = self.analysis.units.get(&unit).and_then(|unit| unit.class);
        let own = Capture::Local(local);
        let mut captures = vec![(own, self.capture_repr(own, class))];
        let needed: Vec<Capture> = self.analysis.captures(unit).collect();
        for capture in needed.into_iter().filter(|capture| *capture != own) {
            captures.push((capture, self.capture_repr(capture, class)));
        }
        let result = self.local_repr(local);
        Sig { this: None, captures, params: Vec::new(), result }
    }

    /// A bridge: takes what the selector takes, gives what it gives, and calls the real function.
    pub fn lower_bridge(&mut self, class: ClassKey, selector: SelectorId) -> Func {
        let key = self.selectors.get_index(selector.as_u32() as usize).map(|(key, _)| *key);
        let Some(key) = key else { return Func::default() };
        let (name, owner, described) = self.describe(key);
        let receiver = Repr::Ref(self.class(class));
        let sig = Sig { this: Some(receiver), ..described };
        let answer = self.find_answer(class, key);
        let name = format!("{}.{name}$bridge", self.class_name(self.classes[&class]));
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        let this = body.b.param(0);
        let result = match (key, class) {
            (SelectorKey::Get(declared, slot), ClassKey::Source(source)) => {
                body.get_slot(this, source, declared, slot)
            }
            (SelectorKey::Set(declared, slot), ClassKey::Source(source)) => {
                body.set_slot(this, (source, declared), slot, params[0]);
                Val::UNIT
            }
            _ => match answer {
                Some(answer) => body.forward(answer, Val::new(receiver, this), &params),
                None => {
                    let _ = owner;
                    body.unreachable();
                    Val::NEVER
                }
            },
        };
        body.finish(result, sig.result)
    }
}

impl<'p> Body<'_, 'p> {
    /// In a constructor, the instance around comes as a parameter.
    fn bind_outer(&mut self, sig: &Sig) {
        // `bind_captures` took the captured instance for the receiver; the receiver is first.
        let Some(Repr::Ref(_)) = sig.this else { return };
        let has_outer = sig.captures.first().is_some_and(|(capture, _)| *capture == Capture::This);
        if has_outer {
            self.outer = Some(self.b.param(1));
        }
        if let Some((value, _)) = &mut self.this {
            *value = self.b.param(0);
        }
    }

    fn method_body(mut self, method: MethodId, sig: &Sig) -> Func {
        let program = self.l.program;
        let info = &program.symbols.methods[method];
        match program.bodies.get(&method) {
            Some(typed::Body::Constructor(constructor)) => {
                if let Owner::Class(class) = info.owner {
                    self.constructor(class, method, constructor);
                }
                return self.finish(Val::UNIT, Repr::Unit);
            }
            Some(typed::Body::Expr(expr)) => match info.kind {
                MethodKind::Getter(field) if program.symbols.fields[field].is_lazy => {
                    let result = self.lazy_field(field, expr, sig.result);
                    return self.finish(result, sig.result);
                }
                _ => {
                    self.returns = ReturnTo::Function(sig.result);
                    let result = self.tail(expr, sig.result);
                    return self.finish(result, sig.result);
                }
            },
            None => {}
        }
        let result = match (info.kind, info.implementation) {
            (_, Implementation::Synthetic(synthetic)) => self.synthetic(method, synthetic),
            (_, Implementation::Intrinsic(_)) => {
                let params: Vec<Val> = info.params.iter().map(|local| self.local(*local)).collect();
                let this = self.this;
                let mut args = Vec::new();
                if let Some((value, class)) = this {
                    let repr = self.l.this_repr(class);
                    args.push(Val::new(repr, value));
                }
                args.extend(params);
                self.intrinsic_values(method, &args)
            }
            (MethodKind::Getter(field), _) => self.read_field(field),
            (MethodKind::Setter(field), _) => {
                if let Some(local) = info.params.first() {
                    let val = self.local(*local);
                    self.write_field(field, val);
                }
                Val::UNIT
            }
            (MethodKind::Constructor, _) => Val::UNIT,
            _ => {
                let name = self.l.method_name(method);
                self.l.missing.push(name);
                self.unreachable();
                Val::NEVER
            }
        };
        self.finish(result, sig.result)
    }

    /// Reads a field of `this`.
    fn read_field(&mut self, field: FieldId) -> Val {
        let owner = self.l.symbols().fields[field].owner;
        if let Some(constant) = self.l.constant_field(field) {
            return self.expr(constant);
        }
        if self.l.symbols().fields[field].storage.is_some() {
            return self.read_storage(field);
        }
        let this = self.this_of(owner);
        match this.value {
            Some(this) => self.get_slot(this, owner, owner, Slot::Field(field)),
            None => this,
        }
    }

    /// Sets a field of `this`.
    fn write_field(&mut self, field: FieldId, val: Val) {
        let owner = self.l.symbols().fields[field].owner;
        if self.l.symbols().fields[field].storage.is_some() {
            return self.write_storage(field, val);
        }
        if let Some(this) = self.this_of(owner).value {
            self.set_slot(this, (owner, owner), Slot::Field(field), val);
        }
    }

    /// The getter of a lazy field: its body is the initialiser.
    fn lazy_field(&mut self, field: FieldId, init: &'p typed::Expr, result: Repr) -> Val {
        let owner = self.l.symbols().fields[field].owner;
        let this = self.this_of(owner);
        let Some(this) = this.value else { return this };
        let state = self.get_slot(this, owner, owner, Slot::LazyState(field));
        let state = self.slot_value(state, Repr::INT);
        let (set, unset) = (self.b.create_block(), self.b.create_block());
        self.b.branch(state, set, unset);
        self.b.switch_to(set);
        let known = self.get_slot(this, owner, owner, Slot::Field(field));
        let known = self.coerce(known, result);
        self.b.ret(known.value);
        self.b.switch_to(unset);
        let val = self.expr_to(init, result);
        self.set_slot(this, (owner, owner), Slot::Field(field), val);
        let one = self.int(1);
        self.set_slot(this, (owner, owner), Slot::LazyState(field), one);
        val
    }

    // ── constructors ──

    fn constructor(&mut self, class: ClassId, method: MethodId, body: &'p Constructor) {
        let symbols = self.l.symbols();
        let Some((this, _)) = self.this else { return };
        self.store_captures(this, class);
        for field in &symbols.classes[class].fields {
            let info = &symbols.fields[*field];
            if !info.is_param {
                continue;
            }
            let param = symbols.methods[method]
                .params
                .iter()
                .find(|local| symbols.locals[**local].name == info.name);
            let Some(param) = param else { continue };
            let val = self.local(*param);
            if info.storage.is_some() {
                self.write_storage(*field, val);
            } else {
                self.set_slot(this, (class, class), Slot::Field(*field), val);
            }
        }
        if let Some(call) = &body.super_call {
            self.parent_constructor(class, call);
        }
        for call in &body.traits {
            self.trait_captures(this, class, call.class);
            self.parent_constructor(class, call);
        }
        self.statements(&body.statements);
    }

    /// Stores the instance around and captured locals into their slots.
    fn store_captures(&mut self, this: Value, class: ClassId) {
        if let Some(outer) = self.outer
            && let Some(around) = crate::analysis::enclosing_class(self.l.symbols(), class)
        {
            let repr = self.l.this_repr(around);
            self.set_slot(this, (class, class), Slot::Outer, Val::new(repr, outer));
        }
        let kept: Vec<Capture> = self.l.analysis.kept_by(class).collect();
        for capture in kept {
            let val = self.captured(capture, None);
            self.set_slot(this, (class, class), Slot::Kept(capture), val);
        }
    }

    /// The slots of a trait that stands inside a class or method are filled by the class.
    fn trait_captures(&mut self, this: Value, class: ClassId, parent: ClassId) {
        if self.l.symbols().classes[class].kind == fscc_sema::symbols::ClassKind::Trait {
            return;
        }
        if let Some(around) = crate::analysis::enclosing_class(self.l.symbols(), parent) {
            let outer = self.around(around);
            self.set_slot(this, (class, parent), Slot::Outer, outer);
        }
        let kept: Vec<Capture> = self.l.analysis.kept_by(parent).collect();
        for capture in kept {
            let val = self.captured(capture, None);
            self.set_slot(this, (class, parent), Slot::Kept(capture), val);
        }
    }

    fn parent_constructor(&mut self, class: ClassId, call: &'p ConstructorCall) {
        let Some(constructor) = call.constructor else { return };
        self.b.set_span(call.span);
        let sig = self.l.method_sig(constructor);
        let mut args = Vec::new();
        for (arg, repr) in call.args.iter().zip(&sig.params) {
            args.push(self.expr_to(arg, *repr));
        }
        let Some((this, _)) = self.this else { return };
        let repr = self.l.this_repr(class);
        if self.l.builtins.has_builtin_values(call.class) {
            return;
        }
        self.construct(call.class, constructor, Val::new(repr, this), None, &args);
    }

    /// Runs a constructor on an instance.
    pub fn construct(
        &mut self,
        class: ClassId,
        constructor: MethodId,
        object: Val,
        outer: Option<Val>,
        params: &[Val],
    ) {
        let sig = self.l.method_sig(constructor);
        let around = crate::analysis::enclosing_class(self.l.symbols(), class);
        let mut args = Vec::new();
        if let Some(repr) = sig.this {
            args.extend(self.coerce(object, repr).value);
        }
        for (capture, repr) in &sig.captures {
            let val = match (capture, outer, around) {
                (Capture::This, Some(outer), _) => outer,
                (Capture::This, None, Some(around)) => self.around(around),
                _ => self.captured(*capture, None),
            };
            args.extend(self.coerce(val, *repr).value);
        }
        for (val, repr) in params.iter().zip(&sig.params) {
            args.extend(self.coerce(*val, *repr).value);
        }
        let func = self.l.func(FuncKey::Method(constructor));
        self.b.call(func, &args, None);
    }

    /// The innermost instance around that is an instance of `class`.
    fn around(&mut self, class: ClassId) -> Val {
        if is_static_object(self.l.symbols(), class) {
            return self.object(class);
        }
        // The receiver itself may be one when the class extends the class around it, but what is
        // meant is what stands around.
        if let (Some(outer), Some((_, own))) = (self.outer, self.this)
            && let Some(next) = crate::analysis::enclosing_class(self.l.symbols(), own)
            && self.l.program.types.derives(self.l.symbols(), next, class)
            && own != class
        {
            let repr = self.l.this_repr(next);
            return Val::new(repr, outer);
        }
        if !self.stands_in(class) {
            // A trait that only declares is extended elsewhere: it needs no instance around.
            let repr = self.l.this_repr(class);
            let none = repr.ty().map(|ty| self.b.const_null(ty));
            return none.map_or(Val::NEVER, |none| Val::new(repr, none));
        }
        self.this_deriving(class)
    }

    /// Whether the receiver or an instance around it derives from `class`.
    fn stands_in(&self, class: ClassId) -> bool {
        let mut next = self.this.map(|(_, own)| own);
        while let Some(at) = next {
            if self.l.program.types.derives(self.l.symbols(), at, class) {
                return true;
            }
            next = crate::analysis::enclosing_class(self.l.symbols(), at);
        }
        false
    }

    /// The innermost instance around, the receiver included, that derives from `class`.
    pub fn this_deriving(&mut self, class: ClassId) -> Val {
        let Some((mut value, mut at)) = self.this else {
            self.unreachable();
            return Val::NEVER;
        };
        loop {
            if self.l.program.types.derives(self.l.symbols(), at, class) {
                let repr = self.l.this_repr(at);
                return Val::new(repr, value);
            }
            let Some(next) = crate::analysis::enclosing_class(self.l.symbols(), at) else {
                self.unreachable();
                return Val::NEVER;
            };
            let outer = self.get_slot(value, at, at, Slot::Outer);
            value = outer.value.unwrap_or(value);
            at = next;
        }
    }

    // ── small pieces ──

    /// Calls the function behind a selector with coerced values.
    fn forward(&mut self, answer: FuncKey, this: Val, params: &[Val]) -> Val {
        match answer {
            FuncKey::Method(method) => {
                let info = &self.l.symbols().methods[method];
                if let Implementation::Intrinsic(_) = info.implementation {
                    let mut args = Vec::new();
                    if self.l.has_this(method) {
                        args.push(this);
                    }
                    args.extend(params);
                    return self.intrinsic_values(method, &args);
                }
                self.call_method(method, Some(this), params)
            }
            FuncKey::Lambda(node) | FuncKey::LambdaTest(node) | FuncKey::LambdaOrElse(node) => {
                let sig = self.l.lambda_sig(node, LambdaPart::of(answer));
                let mut args: Vec<Value> = this.value.into_iter().collect();
                for (val, repr) in params.iter().zip(&sig.params) {
                    args.extend(self.coerce(*val, *repr).value);
                }
                let func = self.l.func(answer);
                self.call_func(func, &args, sig.result)
            }
            FuncKey::Object(class) => self.object(class),
            FuncKey::Helper(helper @ (Helper::Encode(_) | Helper::Decode(_))) => {
                self.call_codec(helper, params)
            }
            FuncKey::Helper(helper) => {
                let result = match helper {
                    Helper::ObjectText => Repr::STRING,
                    Helper::ObjectHash | Helper::ValueHash(_) => Repr::INT,
                    _ => Repr::BOOLEAN,
                };
                let mut args = vec![self.boxed(this)];
                for param in params {
                    args.push(self.boxed(*param));
                }
                let func = self.l.func(answer);
                self.call_func(func, &args, result)
            }
            _ => {
                self.unreachable();
                Val::NEVER
            }
        }
    }
}
