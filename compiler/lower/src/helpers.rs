//! Functions that no source declares: what `Object` answers to the universal selectors, calls on
//! values that may be built in, the start of a program.

use crate::body::Body;
use crate::classes::Slot;
use crate::context::{Helper, Lowering, Sig};
use crate::repr::{Repr, Val};
use fscc_base::Span;
use fscc_ir::module::DESCRIBE_EXPORT;
use fscc_ir::{Func, Op, builtin};
use fscc_sema::symbols::{ClassId, MethodId, Owner};
use fscc_sema::typed::Dispatch;

impl<'p> Lowering<'p> {
    /// The function of a helper.
    pub fn lower_helper(&mut self, helper: Helper) -> Func {
        match helper {
            Helper::ObjectEquals => self.lower_object_equals(),
            Helper::ObjectText => {
                self.lower_object_default("toString", "defaultText", Repr::STRING)
            }
            Helper::ObjectHash => self.lower_object_default("hashCode", "defaultHash", Repr::INT),
            Helper::ValueEquals(class) => self.lower_value_equals(class),
            Helper::ValueHash(class) => self.lower_value_hash(class),
            Helper::ArrayGet | Helper::ArraySet | Helper::ArrayLength | Helper::ArrayCopy => {
                self.lower_array_helper(helper)
            }
            Helper::Dispatch(method) => self.lower_dispatch(method),
            Helper::Main => self.lower_main(),
            Helper::Describe => self.lower_describe(),
            Helper::DescribeTrap => self.lower_describe_trap(),
            Helper::Exported(method) => self.lower_exported(method),
            Helper::Wrapper(method) => self.lower_wrapper(method),
            Helper::Init(class) => self.lower_init(class),
            Helper::Invariants(class) => self.lower_invariants(class),
            Helper::SuiteCount => self.lower_suite_count(),
            Helper::SuiteName => self.lower_suite_text("name"),
            Helper::SuiteKind => self.lower_suite_text("kind"),
            Helper::SuiteRun => self.lower_suite_run(),
            Helper::Encode(codec) => self.lower_encode(codec),
            Helper::Decode(codec) => self.lower_decode(codec),
            Helper::Codec(ty) => self.lower_codec_object(ty),
            Helper::FromBytes(ty) => self.lower_from_bytes(ty),
            Helper::ToBytes(ty) => self.lower_to_bytes(ty),
        }
    }

    fn lower_object_equals(&mut self) -> Func {
        let params = vec![Repr::Any, Repr::Any];
        let sig = Sig { this: None, captures: Vec::new(), params, result: Repr::BOOLEAN };
        let mut body = Body::new(self, "java.lang.Object.equals", &sig, Span::synthetic());
        let (a, b) = (body.b.param(0), body.b.param(1));
        let same = body.b.op_value(Op::RefEq, &[a, b]);
        body.finish(Val::new(Repr::BOOLEAN, same), Repr::BOOLEAN)
    }

    fn lower_object_default(&mut self, name: &str, library: &str, result: Repr) -> Func {
        let sig = Sig { this: None, captures: Vec::new(), params: vec![Repr::Any], result };
        let name = format!("java.lang.Object.{name}");
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let this = Val::new(Repr::Any, body.b.param(0));
        let val = body.call_library("fvm.internal.AnyOps$", library, &[this]);
        body.finish(val, result)
    }

    fn lower_value_equals(&mut self, class: ClassId) -> Func {
        let params = vec![Repr::Any, Repr::Any];
        let sig = Sig { this: None, captures: Vec::new(), params, result: Repr::BOOLEAN };
        let name = format!("{}.equals", self.symbols().classes[class].full_name);
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let (a, b) = (body.b.param(0), body.b.param(1));
        let repr = body.l.this_repr(class);
        if let Repr::Ref(ir) = repr {
            let (same, other) = (body.b.create_block(), body.b.create_block());
            let test = body.b.is(ir, b);
            body.b.branch(test, same, other);
            body.b.switch_to(other);
            let no = body.boolean(false);
            body.leave(no, Repr::BOOLEAN);
            body.b.switch_to(same);
        }
        let left = body.value_of(class, Val::new(Repr::Any, a));
        let right = body.value_of(class, Val::new(Repr::Any, b));
        let equal = match body.l.symbols().classes[class].fields.first() {
            Some(field) => {
                let ty = body.l.symbols().fields[*field].ty;
                body.equal_typed((ty, left), (ty, right))
            }
            None => body.equal(left, right),
        };
        body.finish(Val::new(Repr::BOOLEAN, equal), Repr::BOOLEAN)
    }

    fn lower_value_hash(&mut self, class: ClassId) -> Func {
        let params = vec![Repr::Any];
        let sig = Sig { this: None, captures: Vec::new(), params, result: Repr::INT };
        let name = format!("{}.hashCode", self.symbols().classes[class].full_name);
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let this = Val::new(Repr::Any, body.b.param(0));
        let value = body.value_of(class, this);
        let hash = body.hash_of(value);
        body.finish(Val::new(Repr::INT, hash), Repr::INT)
    }

    /// A virtual call on a value that may be a string, a number or an object.
    fn lower_dispatch(&mut self, method: MethodId) -> Func {
        let own = self.method_sig(method);
        let sig = Sig {
            this: Some(Repr::Any),
            captures: Vec::new(),
            params: own.params.clone(),
            result: own.result,
        };
        let name = format!("{}$dispatch", self.method_name(method));
        let symbols = self.symbols();
        let Owner::Class(owner) = symbols.methods[method].owner else { return Func::default() };
        let below: Vec<(ClassId, Repr)> = self
            .builtins
            .classes
            .iter()
            .filter(|(class, _)| self.program.types.derives(symbols, **class, owner))
            .map(|(class, repr)| (*class, *repr))
            .collect();
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        let this = body.b.param(0);
        for (class, repr) in below {
            let ir = match repr {
                Repr::Prim(prim) => prim.class(),
                Repr::Ref(class) => class,
                _ => continue,
            };
            if body.l.implementation(class, method).is_none() {
                continue;
            }
            let (found, next) = (body.b.create_block(), body.b.create_block());
            let test = body.b.is(ir, this);
            body.b.branch(test, found, next);
            body.b.switch_to(found);
            let receiver = body.coerce(Val::new(Repr::Any, this), repr);
            let val = body.invoke(class, method, receiver, &params);
            body.leave(val, sig.result);
            body.b.switch_to(next);
        }
        let object = body.coerce(Val::new(Repr::Any, this), Repr::Ref(builtin::OBJECT));
        let mut values = vec![body.slot_value(object, Repr::Ref(builtin::OBJECT))];
        for (val, repr) in params.iter().zip(&sig.params) {
            values.extend(body.coerce(*val, *repr).value);
        }
        let selector = body.l.method_selector(method);
        let value = body.b.call_virtual(selector, &values, sig.result.ty());
        let val = body.called(sig.result, value);
        body.finish(val, sig.result)
    }

    // ── programs ──

    fn lower_main(&mut self) -> Func {
        let sig = Sig { this: None, captures: Vec::new(), params: Vec::new(), result: Repr::Unit };
        let main = self.main;
        let mut body = Body::new(self, "main", &sig, Span::synthetic());
        if let Some(main) = main {
            let symbols = body.l.symbols();
            let mut params = Vec::new();
            for local in &symbols.methods[main].params {
                // Arguments of the command line: there are none.
                let ty = symbols.locals[*local].ty;
                let class = body.l.array_class(ty);
                let repr = body.l.local_repr(*local);
                let val = match class {
                    Some(class) => {
                        let zero = body.b.const_i32(0);
                        Val::new(Repr::Ref(class), body.b.array_new(class, zero))
                    }
                    None => match body.empty_sequence(ty) {
                        Some(val) => val,
                        None => body.zero(repr),
                    },
                };
                params.push(val);
            }
            if let Owner::Class(owner) = symbols.methods[main].owner
                && body.l.has_this(main)
            {
                let this = body.object(owner);
                body.call_method(main, Some(this), &params);
            } else {
                body.initialise_owner(main);
                body.call_method(main, None, &params);
            }
        }
        body.finish(Val::UNIT, Repr::Unit)
    }

    fn lower_describe(&mut self) -> Func {
        let params = vec![Repr::Ref(builtin::OBJECT)];
        let sig = Sig { this: None, captures: Vec::new(), params, result: Repr::STRING };
        let mut body = Body::new(self, DESCRIBE_EXPORT, &sig, Span::synthetic());
        let object = Val::new(Repr::Any, body.b.param(0));
        let val = body.thrown_text(object);
        body.finish(val, Repr::STRING)
    }

    fn lower_describe_trap(&mut self) -> Func {
        let params = vec![Repr::INT, Repr::Any];
        let sig = Sig { this: None, captures: Vec::new(), params, result: Repr::STRING };
        let mut body = Body::new(self, "$describe_trap", &sig, Span::synthetic());
        let code = Val::new(Repr::INT, body.b.param(0));
        let detail = Val::new(Repr::Any, body.b.param(1));
        let thrown = body.call_library("fvm.internal.Traps$", "throwable", &[code, detail]);
        let val = body.thrown_text(thrown);
        body.finish(val, Repr::STRING)
    }
}

impl Body<'_, '_> {
    /// The text of an object that was thrown: only methods of throwables give it, so that a module
    /// needs to keep no others for its sake.
    fn thrown_text(&mut self, object: Val) -> Val {
        let known = &self.l.program.known;
        let (Some(class), Some(method)) = (known.throwable, known.any_to_string) else {
            self.unreachable();
            return Val::NEVER;
        };
        let repr = self.l.this_repr(class);
        let thrown = self.coerce(object, repr);
        self.root_member(method, Dispatch::Virtual, thrown, &[])
    }

    /// The value of an instance of a value class.
    fn value_of(&mut self, class: ClassId, object: Val) -> Val {
        let repr = self.l.this_repr(class);
        let object = self.slot_value(object, repr);
        match self.l.symbols().classes[class].fields.first() {
            Some(field) => self.get_slot(object, class, class, Slot::Field(*field)),
            None => Val::UNIT,
        }
    }

    /// An empty sequence, if the type is a repeated parameter's.
    fn empty_sequence(&mut self, ty: fscc_sema::types::TyId) -> Option<Val> {
        let class = self.l.program.types.erase(self.l.symbols(), ty);
        if Some(class) != self.l.program.known.seq {
            return None;
        }
        let zero = self.b.const_i32(0);
        let array = self.b.array_new(builtin::ARRAY_ANY, zero);
        let array = Val::new(Repr::Ref(builtin::ARRAY_ANY), array);
        let name = "scala.collection.immutable.ArraySeq$";
        Some(self.call_library(name, "unsafeWrapArray", &[array]))
    }
}
