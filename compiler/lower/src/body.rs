//! The state while one function is lowered, and the small steps that every part needs: locals,
//! `this` and the instances around it, slots, coercions between representations, calls of library
//! functions.

use crate::analysis::{Capture, Unit, enclosing_class};
use crate::classes::{ClassKey, LAZY_VALUE, SelectorKey, Slot, is_static_object};
use crate::context::{FuncKey, GlobalKey, Lowering, Sig, plain_type};
use crate::repr::{Prim, Repr, Val};
use fscc_base::{FastMap, Span};
use fscc_ir::{Block, FieldRef, Func, FuncBuilder, FuncId, Op, Type, Value, Variable, builtin};
use fscc_sema::symbols::{ClassId, ClassKind, LocalId, MethodId};
use fscc_sema::types::TyId;

/// Where a local is.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// A value that does not change.
    Value(Val),
    /// A variable of this function.
    Variable(Variable, Repr),
    /// A cell that closures share.
    Cell(Value, Repr),
    /// The cell of a lazy value.
    Lazy(Value),
}

/// What `return` does here.
#[derive(Clone, Copy, Debug)]
pub enum ReturnTo {
    /// It leaves this function with a value of this representation.
    Function(Repr),
    /// This function is part of a `try`: the value goes into the cell.
    Cell(Value),
}

/// A function being lowered.
pub struct Body<'a, 'p> {
    /// The module around it.
    pub l: &'a mut Lowering<'p>,
    /// The function.
    pub b: FuncBuilder,
    /// Locals.
    pub locals: FastMap<LocalId, Place>,
    /// The receiver and its class.
    pub this: Option<(Value, ClassId)>,
    /// In a constructor: the instance around, which the slot holds as well.
    pub outer: Option<Value>,
    /// What `return` does.
    pub returns: ReturnTo,
    /// Where values are left that a `return` inside a `try` brings, once there is a `try`.
    pub return_cell: Option<Value>,
    /// The method that is lowered, for self-calls.
    pub method: Option<MethodId>,
}

impl<'a, 'p> Body<'a, 'p> {
    /// Starts a function.
    pub fn new(l: &'a mut Lowering<'p>, name: &str, sig: &Sig, span: Span) -> Body<'a, 'p> {
        let b = l.builder(name, sig, span);
        Body {
            l,
            b,
            locals: FastMap::default(),
            this: None,
            outer: None,
            returns: ReturnTo::Function(sig.result),
            return_cell: None,
            method: None,
        }
    }

    /// Ends the function with this value.
    pub fn finish(mut self, result: Val, repr: Repr) -> Func {
        let result = self.coerce(result, repr);
        match repr {
            Repr::Never => self.unreachable(),
            _ => self.b.ret(result.value),
        }
        self.b.finish()
    }

    /// Binds what the parameters after the receiver hold; gives the values of the declared ones.
    pub fn bind_captures(&mut self, sig: &Sig, class: Option<ClassId>) -> Vec<Val> {
        let mut index = 0;
        let mut next = |repr: Repr, b: &FuncBuilder| match repr.ty() {
            Some(_) => {
                index += 1;
                Val::new(repr, b.param(index - 1))
            }
            None => Val { repr, value: None },
        };
        if let Some(repr) = sig.this {
            let this = next(repr, &self.b);
            if let (Some(class), Some(value)) = (class, this.value) {
                self.this = Some((value, class));
            }
        }
        let mut captured = Vec::new();
        for (capture, repr) in &sig.captures {
            captured.push((*capture, next(*repr, &self.b)));
        }
        let params = sig.params.iter().map(|repr| next(*repr, &self.b)).collect();
        for (capture, val) in captured {
            self.bind_capture(capture, val, class);
        }
        params
    }

    /// Makes a captured thing available.
    pub fn bind_capture(&mut self, capture: Capture, val: Val, class: Option<ClassId>) {
        match (capture, val.value) {
            (Capture::This, Some(value)) => {
                if let Some(class) = class {
                    self.this = Some((value, class));
                }
            }
            (Capture::ReturnCell, Some(value)) => {
                self.return_cell = Some(value);
                self.returns = ReturnTo::Cell(value);
            }
            (Capture::Local(local), _) => {
                let place = match (self.l.cell_key(local), val.value) {
                    (Some(ClassKey::LazyCell(_)), Some(cell)) => Place::Lazy(cell),
                    (Some(_), Some(cell)) => Place::Cell(cell, self.l.local_repr(local)),
                    _ => Place::Value(val),
                };
                self.locals.insert(local, place);
            }
            (_, None) => {}
        }
    }

    /// Binds the locals that a method of a local class needs from the slots of its instance.
    pub fn bind_kept(&mut self, unit: Unit, class: ClassId) {
        let needed: Vec<Capture> = self.l.analysis.captures(unit).collect();
        for capture in needed {
            if matches!(capture, Capture::This | Capture::ReturnCell) || self.is_bound(capture) {
                continue;
            }
            let Some((this, _)) = self.this else { continue };
            let val = self.get_slot(this, class, class, Slot::Kept(capture));
            self.bind_capture(capture, val, None);
        }
    }

    fn is_bound(&self, capture: Capture) -> bool {
        match capture {
            Capture::Local(local) => self.locals.contains_key(&local),
            Capture::This => self.this.is_some(),
            Capture::ReturnCell => self.return_cell.is_some(),
        }
    }

    /// The value to pass for a captured thing. `class` is the class whose `this` is meant.
    pub fn captured(&mut self, capture: Capture, class: Option<ClassId>) -> Val {
        match capture {
            Capture::This => match class {
                Some(class) => self.this_of(class),
                None => Val::NEVER,
            },
            Capture::Local(local) => match self.locals.get(&local).copied() {
                Some(Place::Value(val)) => val,
                Some(Place::Variable(variable, repr)) => {
                    Val::new(repr, self.b.read_variable(variable))
                }
                Some(Place::Cell(cell, _) | Place::Lazy(cell)) => {
                    let repr = self.l.capture_repr(capture, None);
                    Val::new(repr, cell)
                }
                None => self.kept(capture),
            },
            Capture::ReturnCell => {
                let repr = self.l.capture_repr(capture, None);
                let cell = match self.return_cell {
                    Some(cell) => cell,
                    None => {
                        let class = self.l.instantiate(ClassKey::ReturnCell);
                        self.b.new_object(class)
                    }
                };
                Val::new(repr, cell)
            }
        }
    }

    /// A captured thing that the instance keeps: derived members have no list of what they need.
    fn kept(&mut self, capture: Capture) -> Val {
        match self.this {
            Some((this, class)) if self.l.analysis.kept_by(class).any(|own| own == capture) => {
                self.get_slot(this, class, class, Slot::Kept(capture))
            }
            _ => self.missing(),
        }
    }

    /// A name that nothing has declared: the program is not as the checker promises. It cannot be
    /// reached by a checked program.
    fn missing(&mut self) -> Val {
        self.unreachable();
        Val::NEVER
    }

    // ── this ──

    /// `C.this`, or the instance of the innermost class around that derives from `class`.
    pub fn this_of(&mut self, class: ClassId) -> Val {
        if is_static_object(self.l.symbols(), class) {
            return match self.this {
                Some((value, own)) if own == class => {
                    let repr = self.l.this_repr(class);
                    Val::new(repr, value)
                }
                _ => self.object_instance(class),
            };
        }
        let Some((mut value, mut at)) = self.this else { return self.missing() };
        while at != class {
            let Some(outer) = enclosing_class(self.l.symbols(), at) else {
                return self.enclosing_that_derives(class);
            };
            value = self.outer_of(value, at);
            at = outer;
        }
        let repr = self.l.this_repr(class);
        Val::new(repr, value)
    }

    /// The instance around that derives from `class`.
    fn enclosing_that_derives(&mut self, class: ClassId) -> Val {
        let Some((mut value, mut at)) = self.this else { return self.missing() };
        loop {
            if self.l.program.types.derives(self.l.symbols(), at, class) {
                let repr = self.l.this_repr(at);
                let wanted = self.l.this_repr(class);
                return self.coerce(Val::new(repr, value), wanted);
            }
            let Some(outer) = enclosing_class(self.l.symbols(), at) else {
                return self.missing();
            };
            value = self.outer_of(value, at);
            at = outer;
        }
    }

    fn outer_of(&mut self, value: Value, class: ClassId) -> Value {
        if let (Some(outer), Some((this, _))) = (self.outer, self.this)
            && this == value
        {
            return outer;
        }
        let val = self.get_slot(value, class, class, Slot::Outer);
        val.value.unwrap_or(value)
    }

    /// The instance of a static object whose initialisation has begun.
    pub fn object_instance(&mut self, class: ClassId) -> Val {
        let repr = self.l.this_repr(class);
        if self.l.is_inert_object(class) {
            return self.object(class);
        }
        let ty = repr.ty().unwrap_or(Type::Any);
        let name = self.l.symbols().classes[class].full_name.clone();
        let global = self.l.global(GlobalKey::Object(class), &name, ty);
        Val::new(repr, self.b.global_get(global, ty))
    }

    /// A static object, made at first use.
    pub fn object(&mut self, class: ClassId) -> Val {
        let repr = self.l.this_repr(class);
        let func = self.l.func(FuncKey::Object(class));
        match self.b.call(func, &[], repr.ty()) {
            Some(value) => Val::new(repr, value),
            None => Val::UNIT,
        }
    }

    // ── slots ──

    /// Reads a slot of an instance whose class is known to derive from `class`.
    pub fn get_slot(&mut self, object: Value, class: ClassId, owner: ClassId, slot: Slot) -> Val {
        let repr = self.l.slot_repr(owner, slot);
        let Some(ty) = repr.ty() else { return Val { repr, value: None } };
        let value = match self.field_of(class, owner, slot) {
            Some(field) => self.b.field_get(field, ty, object),
            None => {
                let selector = self.l.selector(SelectorKey::Get(owner, slot));
                match self.b.call_virtual(selector, &[object], Some(ty)) {
                    Some(value) => value,
                    None => return Val { repr, value: None },
                }
            }
        };
        Val::new(repr, value)
    }

    /// Sets a slot of an instance whose class is known to derive from `class`.
    pub fn set_slot(
        &mut self,
        object: Value,
        (class, owner): (ClassId, ClassId),
        slot: Slot,
        val: Val,
    ) {
        let repr = self.l.slot_repr(owner, slot);
        let Some(value) = self.coerce(val, repr).value else { return };
        match self.field_of(class, owner, slot) {
            Some(field) => self.b.field_set(field, object, value),
            None => {
                let selector = self.l.selector(SelectorKey::Set(owner, slot));
                self.b.call_virtual(selector, &[object, value], None);
            }
        }
    }

    fn field_of(&mut self, class: ClassId, owner: ClassId, slot: Slot) -> Option<FieldRef> {
        let kinds = &self.l.symbols().classes;
        if kinds[class].kind == ClassKind::Trait && kinds[owner].kind == ClassKind::Trait {
            return None;
        }
        self.l.slot_field(class, owner, slot)
    }

    // ── locals ──

    /// Declares a local and gives it a value.
    pub fn declare(&mut self, local: LocalId, val: Val) {
        let repr = self.l.local_repr(local);
        let val = self.coerce(val, repr);
        let place = match (self.l.cell_key(local), val.value) {
            (Some(key), Some(value)) => {
                let class = self.l.instantiate(key);
                let cell = self.b.new_object(class);
                let field = FieldRef { class, index: 0 };
                self.b.field_set(field, cell, value);
                Place::Cell(cell, repr)
            }
            (None, Some(value)) if self.l.symbols().locals[local].is_mutable => {
                let variable = self.b.declare(repr.ty().unwrap_or(Type::Any));
                self.b.write_variable(variable, value);
                Place::Variable(variable, repr)
            }
            _ => Place::Value(val),
        };
        self.locals.insert(local, place);
    }

    /// Declares a lazy local: its cell is empty.
    pub fn declare_lazy(&mut self, local: LocalId) {
        if let Some(key) = self.l.cell_key(local) {
            let class = self.l.instantiate(key);
            let cell = self.b.new_object(class);
            self.locals.insert(local, Place::Lazy(cell));
        }
    }

    /// The value of a local.
    pub fn local(&mut self, local: LocalId) -> Val {
        match self.locals.get(&local).copied() {
            Some(Place::Value(val)) => val,
            Some(Place::Variable(variable, repr)) => Val::new(repr, self.b.read_variable(variable)),
            Some(Place::Cell(cell, repr)) => {
                let ty = plain_type(repr.ty().unwrap_or(Type::Any));
                let class = self.l.class(ClassKey::Cell(ty));
                let value = self.b.field_get(FieldRef { class, index: 0 }, ty, cell);
                self.coerce(Val::new(plain_repr(repr), value), repr)
            }
            Some(Place::Lazy(cell)) => self.read_lazy(local, cell),
            None => self.missing(),
        }
    }

    fn read_lazy(&mut self, local: LocalId, cell: Value) -> Val {
        let sig = self.l.lazy_sig(local);
        let func = self.l.func(FuncKey::Lazy(local));
        let class = self.l.analysis.units.get(&Unit::Lazy(local)).and_then(|unit| unit.class);
        let mut args = vec![cell];
        for (capture, repr) in &sig.captures[1..] {
            let val = self.captured(*capture, class);
            args.extend(self.coerce(val, *repr).value);
        }
        self.call_func(func, &args, sig.result)
    }

    /// Assigns to a local.
    pub fn assign(&mut self, local: LocalId, val: Val) {
        match self.locals.get(&local).copied() {
            Some(Place::Variable(variable, repr)) => {
                if let Some(value) = self.coerce(val, repr).value {
                    self.b.write_variable(variable, value);
                }
            }
            Some(Place::Cell(cell, repr)) => {
                if let Some(value) = self.coerce(val, repr).value {
                    let class =
                        self.l.class(ClassKey::Cell(plain_type(repr.ty().unwrap_or(Type::Any))));
                    self.b.field_set(FieldRef { class, index: 0 }, cell, value);
                }
            }
            Some(Place::Value(_)) => {
                // Only a variable of type `Unit` has no slot of its own.
                self.locals.insert(local, Place::Value(val));
            }
            Some(Place::Lazy(_)) | None => {}
        }
    }

    // ── calls ──

    /// Calls a function whose arguments fit.
    pub fn call_func(&mut self, func: FuncId, args: &[Value], result: Repr) -> Val {
        let value = self.b.call(func, args, result.ty());
        self.called(result, value)
    }

    /// What a call leaves: after one that does not return there is nothing more to do.
    pub fn called(&mut self, result: Repr, value: Option<Value>) -> Val {
        if result == Repr::Never {
            self.unreachable();
        }
        Val { repr: result, value }
    }

    /// Calls a method's function with values that are coerced to its signature.
    pub fn call_method(&mut self, method: MethodId, this: Option<Val>, params: &[Val]) -> Val {
        let sig = self.l.method_sig(method);
        let mut args = Vec::new();
        if let Some(repr) = sig.this {
            let this = this.unwrap_or(Val::NEVER);
            args.extend(self.coerce(this, repr).value);
        }
        let class = self.l.analysis.units.get(&Unit::Method(method)).and_then(|unit| unit.class);
        for (capture, repr) in &sig.captures {
            let val = self.captured(*capture, class);
            args.extend(self.coerce(val, *repr).value);
        }
        for (val, repr) in params.iter().zip(&sig.params) {
            args.extend(self.coerce(*val, *repr).value);
        }
        let func = self.l.func(FuncKey::Method(method));
        self.call_func(func, &args, sig.result)
    }

    /// Calls a method of a library object by name. The library has it, or the driver would have
    /// refused it: a missing one is a trap.
    pub fn call_library(&mut self, object: &str, name: &str, args: &[Val]) -> Val {
        let found = self.l.program.known.method(self.l.symbols(), object, name);
        match found {
            Some(method) => {
                self.initialise_owner(method);
                match self.l.symbols().methods[method].implementation {
                    fscc_sema::symbols::Implementation::Intrinsic(_) => {
                        self.intrinsic_values(method, args)
                    }
                    _ => self.call_method(method, None, args),
                }
            }
            None => self.missing(),
        }
    }

    /// Makes sure that the object that owns a method has been initialised.
    pub fn initialise_owner(&mut self, method: MethodId) {
        if let fscc_sema::symbols::Owner::Class(class) = self.l.symbols().methods[method].owner
            && is_static_object(self.l.symbols(), class)
            && !self.l.is_inert_object(class)
        {
            self.object(class);
        }
    }

    // ── coercions ──

    /// The value in another representation.
    pub fn coerce(&mut self, val: Val, to: Repr) -> Val {
        if val.repr == to {
            return val;
        }
        match (val.repr, to) {
            (_, Repr::Unit) => Val::UNIT,
            (_, Repr::Never) => {
                self.unreachable();
                Val::NEVER
            }
            (Repr::Never, _) => self.zero(to),
            (Repr::Unit, _) => {
                let unit = self.b.const_unit();
                self.coerce(Val::new(Repr::Any, unit), to)
            }
            (Repr::Prim(from), Repr::Prim(to_prim)) if from.ty() == to_prim.ty() => {
                Val { repr: to, value: val.value }
            }
            (Repr::Prim(prim), _) => {
                let Some(value) = val.value else { return val };
                let boxed = self.b.box_scalar(prim.class(), value);
                self.coerce(Val::new(Repr::Any, boxed), to)
            }
            (Repr::Any | Repr::Ref(_), Repr::Prim(prim)) => {
                let Some(value) = val.value else { return val };
                Val::new(to, self.b.unbox(prim.class(), value))
            }
            (Repr::Ref(_), Repr::Any) => Val { repr: to, value: val.value },
            (Repr::Ref(from), Repr::Ref(class)) => {
                let Some(value) = val.value else { return val };
                match self.l.module.is_subclass(from, class) {
                    true => Val::new(to, value),
                    false => Val::new(to, self.b.cast(class, value)),
                }
            }
            (Repr::Any, Repr::Ref(class)) => {
                let Some(value) = val.value else { return val };
                Val::new(to, self.b.cast(class, value))
            }
            (Repr::Any, Repr::Any) => val,
        }
    }

    /// The value as a self-describing slot.
    pub fn boxed(&mut self, val: Val) -> Value {
        match self.coerce(val, Repr::Any).value {
            Some(value) => value,
            None => self.b.const_unit(),
        }
    }

    /// The value as a slot of this representation, which takes one.
    pub fn slot_value(&mut self, val: Val, repr: Repr) -> Value {
        match self.coerce(val, repr).value {
            Some(value) => value,
            None => self.b.const_null(Type::Any),
        }
    }

    /// Zero, null or unit.
    pub fn zero(&mut self, repr: Repr) -> Val {
        match repr.ty() {
            Some(ty) => Val::new(repr, self.b.const_zero(ty)),
            None => Val { repr, value: None },
        }
    }

    /// A Boolean.
    pub fn boolean(&mut self, value: bool) -> Val {
        let value = self.b.const_bool(value);
        Val::new(Repr::BOOLEAN, value)
    }

    /// A string constant.
    pub fn string(&mut self, text: &str) -> Val {
        Val::new(Repr::STRING, self.b.const_string(text))
    }

    /// An Int constant.
    pub fn int(&mut self, value: i32) -> Val {
        Val::new(Repr::Prim(Prim::Int), self.b.const_i32(value))
    }

    /// Ends the block: nothing gets here.
    pub fn unreachable(&mut self) {
        let detail = self.b.const_null(Type::Any);
        self.b.trap(crate::traps::UNREACHABLE, detail);
    }

    /// A join of several ways with a value of this representation.
    pub fn join(&mut self, repr: Repr) -> (Block, Val) {
        match repr.ty() {
            Some(ty) => {
                let (block, value) = self.b.create_join(ty);
                (block, Val::new(repr, value))
            }
            None => (self.b.create_block(), Val { repr, value: None }),
        }
    }

    /// Goes to a join with a value.
    pub fn jump_with(&mut self, block: Block, val: Val, repr: Repr) {
        let val = self.coerce(val, repr);
        self.b.jump(block, val.value.as_slice());
    }

    /// Compares two scalars of one representation.
    pub fn scalar_equal(&mut self, prim: Prim, a: Value, b: Value) -> Value {
        let op = match prim.ty() {
            Type::I64 => Op::I64Eq,
            Type::F64 => Op::F64Eq,
            Type::U128 => Op::U128Eq,
            Type::I128 => Op::I128Eq,
            _ => Op::I32Eq,
        };
        self.b.op_value(op, &[a, b])
    }

    /// The class number in the built-in table that a type names, for arrays of known elements.
    pub fn array_class(&mut self, ty: TyId) -> Option<fscc_ir::ClassId> {
        self.l.array_class(ty)
    }

    /// The field with the value in the cell of a lazy local.
    pub fn lazy_fields(&mut self, local: LocalId) -> (FieldRef, Option<(FieldRef, Type)>) {
        let key = self.l.cell_key(local).unwrap_or(ClassKey::LazyCell(None));
        let class = self.l.class(key);
        let value = match key {
            ClassKey::LazyCell(Some(ty)) => Some((FieldRef { class, index: LAZY_VALUE }, ty)),
            _ => None,
        };
        (FieldRef { class, index: 0 }, value)
    }
}

/// The representation in which a cell keeps a value.
pub fn plain_repr(repr: Repr) -> Repr {
    match repr {
        Repr::Ref(_) => Repr::Any,
        other => other,
    }
}

/// The class of string references.
pub const STRING: Type = Type::Ref(builtin::STRING);
