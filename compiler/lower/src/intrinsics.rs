//! Intrinsics: library methods that are an operation of the SSA table or a host function. The name
//! is looked up in those tables; the operands are the receiver (unless it is an object) and the
//! parameters in order. Three kinds need more than the table says: functions of libraries, which
//! their interfaces declare as `import.N` (see `library`), arrays, whose class comes from the type of
//! the receiver (or from the array itself where the type does not tell), and the operations named
//! `compiler.…`, which are listed in [`compiler_operation`].

use crate::body::Body;
use crate::context::{FuncKey, Helper, Lowering, Sig};
use crate::repr::{Prim, Repr, Val};
use fscc_base::Span;
use fscc_ir::{ClassId as IrClass, Func, Op, Type, Value, builtin, host};
use fscc_sema::symbols::{Implementation, MethodId};
use fscc_sema::typed::Expr;
use fscc_sema::types::TyId;

/// All classes of arrays.
pub const ARRAYS: [IrClass; 8] = [
    builtin::ARRAY_ANY,
    builtin::ARRAY_BOOLEAN,
    builtin::ARRAY_BYTE,
    builtin::ARRAY_SHORT,
    builtin::ARRAY_CHAR,
    builtin::ARRAY_INT,
    builtin::ARRAY_LONG,
    builtin::ARRAY_DOUBLE,
];

/// The representation of the elements of an array.
pub fn element_repr(class: IrClass) -> Repr {
    Repr::Prim(match class {
        builtin::ARRAY_BOOLEAN => Prim::Boolean,
        builtin::ARRAY_BYTE => Prim::Byte,
        builtin::ARRAY_SHORT => Prim::Short,
        builtin::ARRAY_CHAR => Prim::Char,
        builtin::ARRAY_INT => Prim::Int,
        builtin::ARRAY_LONG => Prim::Long,
        builtin::ARRAY_DOUBLE => Prim::Double,
        _ => return Repr::Any,
    })
}

fn is_array(class: IrClass) -> bool {
    ARRAYS.contains(&class)
}

impl<'p> Body<'_, 'p> {
    /// A call of an intrinsic as it stands in the tree.
    pub fn intrinsic_call(
        &mut self,
        expr: &'p Expr,
        method: MethodId,
        receiver: Option<&'p Expr>,
        type_args: &[TyId],
        args: &'p [Expr],
    ) -> Val {
        let sig = self.l.method_sig(method);
        let mut values = Vec::new();
        let is_array_op = self.intrinsic_name(method).starts_with("array.");
        // An operation reads no fields of the library's object that names it.
        if let (Some(receiver), Some(repr)) = (receiver, sig.this) {
            let wanted = if is_array_op { self.l.repr(receiver.ty) } else { repr };
            values.push(self.expr_to(receiver, wanted));
        }
        for (arg, repr) in args.iter().zip(&sig.params) {
            let wanted = match is_array_op && *repr == Repr::Any {
                true => self.l.repr(arg.ty),
                false => *repr,
            };
            values.push(self.expr_to(arg, wanted));
        }
        if self.intrinsic_name(method) == "array.new" {
            let class = match type_args.first() {
                Some(element) => self.l.array_class_of(*element),
                None => self.l.array_class(expr.ty),
            };
            return self.array_new(class.unwrap_or(builtin::ARRAY_ANY), &values);
        }
        self.intrinsic_values(method, &values)
    }

    fn intrinsic_name(&self, method: MethodId) -> &'static str {
        match self.l.symbols().methods[method].implementation {
            Implementation::Intrinsic(name) => name.as_str(),
            _ => "",
        }
    }

    fn array_new(&mut self, class: IrClass, values: &[Val]) -> Val {
        let length = values.last().copied().unwrap_or(Val::NEVER);
        let length = self.slot_value(length, Repr::INT);
        Val::new(Repr::Ref(class), self.b.array_new(class, length))
    }

    /// An intrinsic on values: the receiver first, if it has one.
    pub fn intrinsic_values(&mut self, method: MethodId, values: &[Val]) -> Val {
        let name = self.intrinsic_name(method);
        let sig = self.l.method_sig(method);
        if let Some(result) = self.array_operation(name, values) {
            return result;
        }
        if let Some(number) = name.strip_prefix("import.").and_then(|number| number.parse().ok()) {
            return self.call_external(number, method, values);
        }
        let wanted: Vec<Repr> = sig.this.into_iter().chain(sig.params.iter().copied()).collect();
        let mut operands: Vec<Value> = Vec::new();
        for (val, repr) in values.iter().zip(&wanted) {
            operands.extend(self.coerce(*val, *repr).value);
        }
        if let Some(host) = host::lookup(name) {
            let value = self.b.call_host(host, &operands);
            return self.intrinsic_result(value, host.result.ty(), sig.result);
        }
        if let Some(result) = self.compiler_operation(name, values) {
            return result;
        }
        match Op::lookup(name) {
            Some(op) if op.info().operands.len() == operands.len() => {
                let ty = op.info().result.ty();
                let value = self.b.op(op, &operands);
                self.intrinsic_result(value, ty, sig.result)
            }
            _ => {
                // The library names an operation that no table has in this form: told at the end.
                self.l.missing.push(format!("the operation {name}"));
                self.unreachable();
                Val::NEVER
            }
        }
    }

    fn intrinsic_result(&mut self, value: Option<Value>, ty: Option<Type>, wanted: Repr) -> Val {
        match (value, ty) {
            (Some(value), Some(ty)) if Some(ty) == wanted.ty() => Val::new(wanted, value),
            (Some(value), Some(Type::Ref(class))) => Val::new(Repr::Ref(class), value),
            (Some(value), Some(Type::Any)) => Val::new(Repr::Any, value),
            (Some(value), Some(Type::I32)) => Val::new(Repr::INT, value),
            (Some(value), Some(Type::I64)) => Val::new(Repr::Prim(Prim::Long), value),
            (Some(value), Some(Type::F64)) => Val::new(Repr::Prim(Prim::Double), value),
            (Some(value), Some(Type::U128)) => Val::new(Repr::Prim(Prim::UInt128), value),
            (Some(value), Some(Type::I128)) => Val::new(Repr::Prim(Prim::Int128), value),
            _ => self.called(wanted, None),
        }
    }

    /// The operations that only the compiler knows.
    ///
    /// | name | meaning |
    /// |---|---|
    /// | `compiler.call_equals` | the selector `equals` of an object |
    /// | `compiler.call_text` | the selector `toString` of an object |
    /// | `compiler.call_hash` | the selector `hashCode` of an object |
    /// | `compiler.decode_event` | bytes of an open record as an `Event` |
    /// | `compiler.decode_story` | bytes of an open record as a `Story` |
    /// | `compiler.decode_problem` | bytes of an open record as a `Problem` |
    /// | `compiler.malformed` | the trap for bytes that are no encoding |
    fn compiler_operation(&mut self, name: &str, values: &[Val]) -> Option<Val> {
        let known = &self.l.program.known;
        let method = match name {
            "compiler.call_equals" => known.any_equals,
            "compiler.call_text" => known.any_to_string,
            "compiler.call_hash" => known.any_hash_code,
            "compiler.decode_event" => return Some(self.record_from_bytes("fvm.Event", values[0])),
            "compiler.decode_story" => return Some(self.record_from_bytes("fvm.Story", values[0])),
            "compiler.decode_problem" => {
                return Some(self.record_from_bytes("fvm.Problem", values[0]));
            }
            "compiler.malformed" => {
                self.malformed();
                return Some(Val::NEVER);
            }
            _ => return None,
        }?;
        let mut operands = Vec::new();
        for (index, val) in values.iter().enumerate() {
            let repr = if index == 0 { Repr::Ref(builtin::OBJECT) } else { Repr::Any };
            operands.extend(self.coerce(*val, repr).value);
        }
        let sig = self.l.method_sig(method);
        let selector = self.l.method_selector(method);
        let value = self.b.call_virtual(selector, &operands, sig.result.ty());
        Some(Val { repr: sig.result, value })
    }

    // ── arrays ──

    fn array_operation(&mut self, name: &str, values: &[Val]) -> Option<Val> {
        let operation = name.strip_prefix("array.")?;
        let class_of = |val: &Val| match val.repr {
            Repr::Ref(class) if is_array(class) => Some(class),
            _ => None,
        };
        // A copy is between two arrays; they may be of different classes.
        let class = match (operation, values) {
            ("copy", [from, _, to, ..]) if class_of(from) != class_of(to) => None,
            _ => values.iter().find_map(class_of),
        };
        if operation == "new" {
            return Some(self.array_new(class.unwrap_or(builtin::ARRAY_ANY), values));
        }
        if matches!(operation, "put_i64" | "put_u128") {
            return None;
        }
        match class {
            Some(class) => self.known_array(operation, class, values),
            None => self.unknown_array(operation, values),
        }
    }

    fn known_array(&mut self, operation: &str, class: IrClass, values: &[Val]) -> Option<Val> {
        let array = Repr::Ref(class);
        let element = element_repr(class);
        let mut reprs: &[Repr] = &[];
        let (get, set) = ([array, Repr::INT], [array, Repr::INT, element]);
        let copy = [array, Repr::INT, array, Repr::INT, Repr::INT];
        match operation {
            "get" => reprs = &get,
            "set" => reprs = &set,
            "length" => reprs = &get[..1],
            "copy" => reprs = &copy,
            _ => {}
        }
        if reprs.is_empty() || reprs.len() != values.len() {
            return None;
        }
        let mut operands = Vec::new();
        for (val, repr) in values.iter().zip(reprs) {
            operands.push(self.slot_value(*val, *repr));
        }
        Some(match operation {
            "get" => Val::new(element, self.b.array_get(class, operands[0], operands[1])),
            "set" => {
                self.b.array_set(class, operands[0], operands[1], operands[2]);
                Val::UNIT
            }
            "length" => Val::new(Repr::INT, self.b.array_length(class, operands[0])),
            _ => {
                let args = [operands[0], operands[1], operands[2], operands[3], operands[4]];
                self.b.array_copy(class, args);
                Val::UNIT
            }
        })
    }

    fn unknown_array(&mut self, operation: &str, values: &[Val]) -> Option<Val> {
        let (helper, result) = match operation {
            "get" => (Helper::ArrayGet, Repr::Any),
            "set" => (Helper::ArraySet, Repr::Unit),
            "length" => (Helper::ArrayLength, Repr::INT),
            "copy" => (Helper::ArrayCopy, Repr::Unit),
            _ => return None,
        };
        let sig = self.l.helper_sig(helper);
        let mut operands = Vec::new();
        for (val, repr) in values.iter().zip(&sig.params) {
            operands.extend(self.coerce(*val, *repr).value);
        }
        let func = self.l.func(FuncKey::Helper(helper));
        Some(self.call_func(func, &operands, result))
    }
}

impl Body<'_, '_> {
    /// Copies between arrays of two classes, element by element.
    fn copy_elements(&mut self, params: &[Val]) {
        let [from, at, to, start, count] = params else { return };
        let count = self.slot_value(*count, Repr::INT);
        let (at, start) = (self.slot_value(*at, Repr::INT), self.slot_value(*start, Repr::INT));
        let index = self.b.declare(Type::I32);
        let zero = self.b.const_i32(0);
        self.b.write_variable(index, zero);
        let (header, inside, end) =
            (self.b.create_block(), self.b.create_block(), self.b.create_block());
        self.b.jump(header, &[]);
        self.b.switch_to(header);
        let i = self.b.read_variable(index);
        let more = self.b.op_value(Op::I32Lt, &[i, count]);
        self.b.branch(more, inside, end);
        self.b.switch_to(inside);
        let source = self.b.op_value(Op::I32Add, &[at, i]);
        let target = self.b.op_value(Op::I32Add, &[start, i]);
        let (source, target) = (Val::new(Repr::INT, source), Val::new(Repr::INT, target));
        if let Some(element) = self.unknown_array("get", &[*from, source]) {
            self.unknown_array("set", &[*to, target, element]);
        }
        let one = self.b.const_i32(1);
        let next = self.b.op_value(Op::I32Add, &[i, one]);
        self.b.write_variable(index, next);
        self.b.jump(header, &[]);
        self.b.switch_to(end);
    }
}

impl Lowering<'_> {
    /// The signature of a helper for arrays of unknown class.
    pub fn helper_sig(&mut self, helper: Helper) -> Sig {
        let (params, result) = match helper {
            Helper::ArrayGet => (vec![Repr::Any, Repr::INT], Repr::Any),
            Helper::ArraySet => (vec![Repr::Any, Repr::INT, Repr::Any], Repr::Unit),
            Helper::ArrayLength => (vec![Repr::Any], Repr::INT),
            _ => (vec![Repr::Any, Repr::INT, Repr::Any, Repr::INT, Repr::INT], Repr::Unit),
        };
        Sig { this: None, captures: Vec::new(), params, result }
    }

    /// A helper that looks at the class of an array and does the operation for it.
    pub fn lower_array_helper(&mut self, helper: Helper) -> Func {
        let sig = self.helper_sig(helper);
        let operation = match helper {
            Helper::ArrayGet => "get",
            Helper::ArraySet => "set",
            Helper::ArrayLength => "length",
            _ => "copy",
        };
        let name = format!("fvm.internal.array_{operation}");
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        let array = body.slot_value(params[0], Repr::Any);
        for class in ARRAYS {
            let (found, next) = (body.b.create_block(), body.b.create_block());
            let mut test = body.b.is(class, array);
            if let Helper::ArrayCopy = helper {
                let target = body.slot_value(params[2], Repr::Any);
                let both = body.b.is(class, target);
                test = body.b.op_value(Op::I32And, &[test, both]);
            }
            body.b.branch(test, found, next);
            body.b.switch_to(found);
            let mut values = params.clone();
            values[0] = body.coerce(params[0], Repr::Ref(class));
            let result = body.known_array(operation, class, &values);
            body.leave(result.unwrap_or(Val::UNIT), sig.result);
            body.b.switch_to(next);
        }
        if let Helper::ArrayCopy = helper {
            body.copy_elements(&params);
            return body.finish(Val::UNIT, sig.result);
        }
        // Null, or no array at all: the cast traps as it should.
        let result = body.coerce(params[0], Repr::Ref(builtin::ARRAY_ANY));
        let length = body.slot_value(result, Repr::Ref(builtin::ARRAY_ANY));
        body.b.array_length(builtin::ARRAY_ANY, length);
        body.finish(Val::NEVER, sig.result)
    }
}
