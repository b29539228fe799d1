//! Contracts: messages, and the exported functions that the world calls.
//!
//! The fields of a contract class are storage; an instance of the class has no fields and exists
//! only because methods have a receiver. Every entry, view and handler gets a wrapper from encoded
//! arguments to an encoded result, the constructor one to nothing. `$invariants` evaluates the
//! invariants in order and gives the number of the first that does not hold, or -1.
//!
//! Guarantees: arguments that are not exactly an encoding of the parameters trap before anything
//! else happens.

use crate::body::Body;
use crate::classes::ClassKey;
use crate::context::{FuncKey, Helper, Lowering, Sig};
use crate::repr::{Prim, Repr, Val};
use fscc_base::Span;
use fscc_ir::module::{DESCRIBE_EXPORT, Export, ExportKind};
use fscc_ir::{Func, Op, Row, builtin, host};
use fscc_sema::symbols::{ClassId, EntryKind, MethodId};
use fscc_sema::typed::{
    Body as TypedBody, Expr, ExprKind, Message, MessageCall, SavedArg, SavedCall, Stmt,
};
use fscc_sema::wire::{canonical_signature, entries, method_id};

const BYTES: Repr = Repr::Ref(builtin::BYTES);
const LONG: Repr = Repr::Prim(Prim::Long);
const AMOUNT: Repr = Repr::Prim(Prim::Amount);

/// The invariants of a contract, in source order.
fn invariants(program: &fscc_sema::typed::Program, class: ClassId) -> Vec<MethodId> {
    let constructor = program.symbols.classes[class].constructor;
    let Some(TypedBody::Constructor(body)) = constructor.and_then(|id| program.bodies.get(&id))
    else {
        return Vec::new();
    };
    let of = |stmt: &Stmt| match stmt {
        Stmt::Expr(Expr { kind: ExprKind::Message(message), .. }) => match **message {
            Message::Invariant(method) => Some(method),
            _ => None,
        },
        _ => None,
    };
    body.statements.iter().filter_map(of).collect()
}

impl<'p> Lowering<'p> {
    /// Makes the module of a contract.
    pub fn lower_contract(&mut self, class: ClassId) {
        let symbols = self.symbols();
        for field in &symbols.classes[class].fields {
            self.declare_storage(*field);
        }
        self.export("<init>", Helper::Init(class), ExportKind::Init, 0);
        for (method, kind) in entries(symbols, class) {
            let kind = match kind {
                EntryKind::Entry => ExportKind::Entry,
                EntryKind::Payable => ExportKind::Payable,
                EntryKind::View => ExportKind::View,
                EntryKind::Handler => ExportKind::Handler,
            };
            let id = method_id(symbols, &self.program.types, method);
            let name = self.export_name(class, method);
            self.export(&name, Helper::Wrapper(method), kind, id);
        }
        if !invariants(self.program, class).is_empty() {
            self.export("$invariants", Helper::Invariants(class), ExportKind::Function, 0);
        }
        self.export(DESCRIBE_EXPORT, Helper::Describe, ExportKind::Function, 0);
        self.run();
    }

    /// Under which name a method is exported: its own, or its signature if others have the name
    /// too. Overloads have different signatures; those without parameters keep the short form.
    fn export_name(&self, class: ClassId, method: MethodId) -> String {
        let symbols = self.symbols();
        let info = &symbols.methods[method];
        let name = info.name.as_str();
        let is_other =
            |other: MethodId| other != method && symbols.methods[other].name == info.name;
        let is_overloaded = entries(symbols, class).iter().any(|(other, _)| is_other(*other))
            && !info.params.is_empty();
        match is_overloaded || name.starts_with('$') {
            true => canonical_signature(symbols, &self.program.types, method),
            false => name.to_owned(),
        }
    }

    /// Exports the function of a helper.
    pub fn export(&mut self, name: &str, helper: Helper, kind: ExportKind, method_id: u32) {
        let func = self.func(FuncKey::Helper(helper));
        let name = name.to_owned();
        self.module.exports.push(Export { name, func, method_id, kind, row: Row::PURE });
    }

    fn bytes_sig() -> Sig {
        Sig { this: None, captures: Vec::new(), params: vec![BYTES], result: BYTES }
    }

    /// The wrapper of an entry, view or handler.
    pub fn lower_wrapper(&mut self, method: MethodId) -> Func {
        let sig = Self::bytes_sig();
        let name = format!("{}$wrapper", self.method_name(method));
        let span = self.symbols().methods[method].span;
        let mut body = Body::new(self, &name, &sig, span);
        let arguments = Val::new(BYTES, body.b.param(0));
        let params = body.decode_arguments(method, arguments);
        let this = body.contract_instance();
        let result = body.call_method(method, Some(this), &params);
        let ty = body.l.symbols().methods[method].result;
        let bytes = body.to_bytes(ty, result);
        body.finish(bytes, BYTES)
    }

    /// The wrapper of the constructor; it gives nothing.
    pub fn lower_init(&mut self, class: ClassId) -> Func {
        let sig = Sig { result: Repr::Unit, ..Self::bytes_sig() };
        let info = &self.symbols().classes[class];
        let name = format!("{}$init", info.full_name);
        let mut body = Body::new(self, &name, &sig, info.span);
        if let Some(constructor) = info.constructor {
            let arguments = Val::new(BYTES, body.b.param(0));
            let params = body.decode_arguments(constructor, arguments);
            let this = body.contract_instance();
            body.construct(class, constructor, this, None, &params);
        }
        body.finish(Val::UNIT, Repr::Unit)
    }

    /// The function that evaluates the invariants.
    pub fn lower_invariants(&mut self, class: ClassId) -> Func {
        let sig = Sig { this: None, captures: Vec::new(), params: Vec::new(), result: Repr::INT };
        let name = format!("{}$invariants", self.symbols().classes[class].full_name);
        let conditions = invariants(self.program, class);
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let this = body.contract_instance();
        for (number, condition) in (0..).zip(conditions) {
            let holds = body.call_method(condition, Some(this), &[]);
            let holds = body.slot_value(holds, Repr::BOOLEAN);
            let (next, broken) = (body.b.create_block(), body.b.create_block());
            body.b.branch(holds, next, broken);
            body.b.switch_to(broken);
            let number = body.int(number);
            body.leave(number, Repr::INT);
            body.b.switch_to(next);
        }
        let all_hold = body.int(-1);
        body.finish(all_hold, Repr::INT)
    }
}

impl<'p> Body<'_, 'p> {
    /// The receiver of a contract's methods.
    fn contract_instance(&mut self) -> Val {
        match self.l.root {
            Some(class) => {
                let repr = self.l.this_repr(class);
                let made = self.l.instantiate(ClassKey::Source(class));
                Val::new(repr, self.b.new_object(made))
            }
            None => Val::NEVER,
        }
    }

    fn decode_arguments(&mut self, method: MethodId, arguments: Val) -> Vec<Val> {
        let symbols = self.l.symbols();
        self.check_length(method, arguments);
        let reader = self.reader(arguments);
        let mut params = Vec::new();
        for local in &symbols.methods[method].params {
            let val = self.decode(symbols.locals[*local].ty, reader);
            let repr = self.l.local_repr(*local);
            params.push(self.coerce(val, repr));
        }
        self.library_member("fvm.internal.Reader", "finish", reader, &[]);
        params
    }

    /// Where every argument has a known length, the whole is looked at once: what the reader asks
    /// for each of them is known then.
    fn check_length(&mut self, method: MethodId, arguments: Val) {
        let symbols = self.l.symbols();
        let params = &symbols.methods[method].params;
        let bytes = |local: &_| self.l.fixed_bytes(symbols.locals[*local].ty);
        let total: Option<i32> = params.iter().map(bytes).sum();
        let (Some(total), true) = (total, params.len() > 1) else { return };
        let bytes = self.slot_value(arguments, BYTES);
        let length = self.b.op_value(Op::BytesLength, &[bytes]);
        let total = self.b.const_i32(total);
        let fits = self.b.op_value(Op::I32Eq, &[length, total]);
        let (right, wrong) = (self.b.create_block(), self.b.create_block());
        self.b.branch(fits, right, wrong);
        self.b.switch_to(wrong);
        self.malformed();
        self.b.switch_to(right);
    }

    // ── messages ──

    /// A contract operation.
    pub fn message(&mut self, message: &'p Message, want: Option<Repr>) -> Val {
        match message {
            Message::Pay { to, amount, delivered, bounced } => {
                let to = self.address(to);
                let amount = self.expr_to(amount, AMOUNT);
                let delivered = self.saved_call(delivered);
                let bounced = self.saved_call(bounced);
                self.host("host.pay", &[to, amount, delivered, bounced])
            }
            Message::Send { to, call, value, bounced } => {
                let to = self.member_address(to);
                let (id, arguments) = self.message_call(call);
                let value = self.expr_to(value, AMOUNT);
                let bounced = self.saved_call(bounced);
                self.host("host.send", &[to, id, arguments, value, bounced])
            }
            Message::Ask { to, call, value, reply, bounced } => {
                let to = self.member_address(to);
                let (id, arguments) = self.message_call(call);
                let value = self.expr_to(value, AMOUNT);
                let reply = self.saved_call(reply);
                let bounced = self.saved_call(bounced);
                self.host("host.ask", &[to, id, arguments, value, reply, bounced])
            }
            Message::Schedule { at, call } => {
                let class = self.l.program.types.erase(self.l.symbols(), at.ty);
                let at = self.expr(at);
                let seconds = self.call_member(class, "seconds", at, &[]);
                let seconds = self.coerce(seconds, LONG);
                let call = self.saved_call(call);
                let number = self.host("host.schedule", &[seconds, call]);
                self.construct_library("fvm.Timer", &[number])
            }
            Message::Spawn { value, class, args, bounced } => {
                let value = self.expr_to(value, AMOUNT);
                let (name, arguments) = self.creation(*class, args);
                let bounced = self.saved_call(bounced);
                let address = self.host("host.spawn", &[name, arguments, value, bounced]);
                let address = self.call_library("fvm.internal.Addresses$", "of", &[address]);
                self.construct_library("fvm.Ref", &[address])
            }
            Message::Emit(record) => self.record("host.emit", record),
            Message::Story(record) => self.record("host.story", record),
            Message::Conclude(record) => self.record("host.conclude", record),
            Message::Abort(problem) => {
                let val = self.expr(problem);
                let bytes = self.record_bytes(problem.ty, val);
                let bytes = self.slot_value(bytes, BYTES);
                self.b.abort(bytes);
                Val::NEVER
            }
            Message::Invariant(_) => Val::UNIT,
            Message::Ensuring { olds, body, result, condition } => {
                for (local, value) in olds {
                    let repr = self.l.local_repr(*local);
                    let val = self.expr_to(value, repr);
                    self.declare(*local, val);
                }
                let repr = self.l.local_repr(*result);
                let val = self.expr_to(body, repr);
                self.declare(*result, val);
                let holds = self.expr_to(condition, Repr::BOOLEAN);
                self.call_library("scala.Predef$", "assert", &[holds]);
                let val = self.local(*result);
                match want {
                    Some(want) => self.coerce(val, want),
                    None => val,
                }
            }
        }
    }

    /// Calls a host function.
    pub fn host(&mut self, name: &str, args: &[Val]) -> Val {
        let Some(info) = host::lookup(name) else { return Val::NEVER };
        let values: Vec<fscc_ir::Value> = args.iter().filter_map(|val| val.value).collect();
        let value = self.b.call_host(info, &values);
        let repr = match info.result.ty() {
            None => Repr::Unit,
            Some(fscc_ir::Type::I64) => LONG,
            Some(fscc_ir::Type::U128) => AMOUNT,
            Some(fscc_ir::Type::I32) => Repr::INT,
            Some(fscc_ir::Type::Ref(class)) => Repr::Ref(class),
            Some(_) => Repr::Any,
        };
        Val { repr, value }
    }

    fn record(&mut self, name: &str, record: &'p Expr) -> Val {
        let val = self.expr(record);
        let bytes = self.record_bytes(record.ty, val);
        let bytes = self.coerce(bytes, BYTES);
        self.host(name, &[bytes])
    }

    /// An address as bytes.
    pub fn address(&mut self, address: &'p Expr) -> Val {
        let val = self.expr(address);
        self.address_bytes(val)
    }

    fn address_bytes(&mut self, address: Val) -> Val {
        let bytes = self.call_library("fvm.internal.Addresses$", "bytes", &[address]);
        self.coerce(bytes, BYTES)
    }

    /// The address of a `Ref` or `Deployed`, as bytes.
    pub fn member_address(&mut self, holder: &'p Expr) -> Val {
        let class = self.l.program.types.erase(self.l.symbols(), holder.ty);
        let holder = self.expr(holder);
        let address = self.call_member(class, "address", holder, &[]);
        self.address_bytes(address)
    }

    /// Method id and encoded arguments.
    pub fn message_call(&mut self, call: &'p MessageCall) -> (Val, Val) {
        let values = self.arguments(call.method, &call.args);
        let writer = self.writer();
        self.encode_all(call.method, &values, writer);
        let arguments = self.written(writer);
        let id = method_id(self.l.symbols(), &self.l.program.types, call.method);
        (self.int(id.cast_signed()), arguments)
    }

    /// The class name and encoded constructor arguments of a contract to create.
    pub fn creation(&mut self, class: ClassId, args: &'p [Expr]) -> (Val, Val) {
        let info = &self.l.symbols().classes[class];
        let name = info.full_name.clone();
        let writer_args = match info.constructor {
            Some(constructor) => {
                let values = self.arguments(constructor, args);
                let writer = self.writer();
                self.encode_all(constructor, &values, writer);
                self.written(writer)
            }
            None => Val::new(BYTES, self.b.const_bytes(&[])),
        };
        (self.string(&name), writer_args)
    }

    /// A saved call on the wire: a tag (0 nothing, 1 without a hole, 2 with one), the method id,
    /// the encoded arguments before the hole and those after it.
    fn saved_call(&mut self, call: &'p SavedCall) -> Val {
        let Some(handler) = call.handler else {
            return Val::new(BYTES, self.b.const_bytes(&[0]));
        };
        let symbols = self.l.symbols();
        let has_hole = call.args.iter().any(|arg| matches!(arg, SavedArg::Hole));
        let (before, after) = (self.writer(), self.writer());
        let mut writer = before;
        for (arg, local) in call.args.iter().zip(&symbols.methods[handler].params) {
            match arg {
                SavedArg::Hole => writer = after,
                SavedArg::Value(value) => {
                    let repr = self.l.local_repr(*local);
                    let val = self.expr_to(value, repr);
                    self.encode(symbols.locals[*local].ty, val, writer);
                }
            }
        }
        let writer = self.writer();
        let tag = self.int(if has_hole { 2 } else { 1 });
        self.put(writer, "putByte", tag);
        let id = method_id(symbols, &self.l.program.types, handler);
        let id = self.int(id.cast_signed());
        self.put(writer, "putInt", id);
        for part in [before, after] {
            let bytes = self.written(part);
            self.put(writer, "putBytes", bytes);
        }
        self.written(writer)
    }
}
