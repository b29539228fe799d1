//! Suites: the exported functions that the test runner calls, and operations on the world.
//!
//! A suite is made anew for every test, in a world of its own, so that tests do not see each
//! other. An abort of a contract comes back as null and becomes an exception of the suite.

use crate::body::Body;
use crate::classes::ClassKey;
use crate::context::{Helper, Lowering, Sig};
use crate::repr::{Prim, Repr, Val};
use fscc_base::Span;
use fscc_ir::module::{DESCRIBE_EXPORT, ExportKind};
use fscc_ir::{Func, Op, builtin};
use fscc_sema::symbols::{ClassId, MethodId};
use fscc_sema::typed::{Expr, WorldOp};

const BYTES: Repr = Repr::Ref(builtin::BYTES);
const AMOUNT: Repr = Repr::Prim(Prim::Amount);
const SUITE: &str = "fvm.testing.ContractSuite";

impl<'p> Lowering<'p> {
    /// Makes the module of a suite.
    pub fn lower_suite(&mut self, class: ClassId) {
        self.root = Some(class);
        for (name, helper) in [
            ("$count", Helper::SuiteCount),
            ("$name", Helper::SuiteName),
            ("$kind", Helper::SuiteKind),
            ("$run", Helper::SuiteRun),
        ] {
            self.export(name, helper, ExportKind::Function, 0);
        }
        self.export(DESCRIBE_EXPORT, Helper::Describe, ExportKind::Function, 0);
        self.export("$describe_trap", Helper::DescribeTrap, ExportKind::Function, 0);
        self.run();
    }

    /// The number of tests.
    pub fn lower_suite_count(&mut self) -> Func {
        self.lower_suite_function("count", "testCount", Vec::new(), Repr::INT)
    }

    /// The name or the kind of a test.
    pub fn lower_suite_text(&mut self, what: &str) -> Func {
        let member = if what == "name" { "testName" } else { "testKind" };
        self.lower_suite_function(what, member, vec![Repr::INT], Repr::STRING)
    }

    /// Runs a test.
    pub fn lower_suite_run(&mut self) -> Func {
        self.lower_suite_function("run", "runTest", vec![Repr::INT], Repr::Unit)
    }

    fn lower_suite_function(
        &mut self,
        name: &str,
        member: &str,
        params: Vec<Repr>,
        result: Repr,
    ) -> Func {
        let sig = Sig { this: None, captures: Vec::new(), params, result };
        let mut body = Body::new(self, name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        let suite = body.suite();
        let val = body.library_member(SUITE, member, suite, &params);
        body.finish(val, result)
    }
}

impl<'p> Body<'_, 'p> {
    /// A new instance of the suite.
    fn suite(&mut self) -> Val {
        let Some(class) = self.l.root else { return Val::NEVER };
        let repr = self.l.this_repr(class);
        let made = self.l.instantiate(ClassKey::Source(class));
        let suite = Val::new(repr, self.b.new_object(made));
        if let Some(constructor) = self.l.symbols().classes[class].constructor {
            self.construct(class, constructor, suite, None, &[]);
        }
        suite
    }

    /// An operation on the world.
    pub fn world(&mut self, op: &'p WorldOp, expr: &'p Expr, want: Option<Repr>) -> Val {
        match op {
            WorldOp::Deploy { class, args, value, from } => {
                let from = match from {
                    Some(from) => self.address(from),
                    None => {
                        let name = "fvm.internal.Worlds$";
                        let deployer = self.call_library(name, "deployer", &[]);
                        self.address_value(deployer)
                    }
                };
                let value = match value {
                    Some(value) => self.expr_to(value, AMOUNT),
                    None => self.zero(AMOUNT),
                };
                let (name, arguments) = self.creation(*class, args);
                let bytes = self.host("host.world_deploy", &[name, arguments, value, from]);
                let bytes = self.succeeded(bytes);
                let address = self.call_library("fvm.internal.Addresses$", "of", &[bytes]);
                self.call_library("fvm.internal.Worlds$", "deployed", &[address])
            }
            WorldOp::Call { target, from, value, call } => {
                let target = self.member_address(target);
                let from = self.address(from);
                let value = self.expr_to(value, AMOUNT);
                let (id, arguments) = self.message_call(call);
                let args = [from, target, id, arguments, value];
                let bytes = self.host("host.world_call", &args);
                self.world_result(call.method, bytes, expr, want)
            }
            WorldOp::Query { target, call } => {
                let target = self.member_address(target);
                let (id, arguments) = self.message_call(call);
                let bytes = self.host("host.world_query", &[target, id, arguments]);
                self.world_result(call.method, bytes, expr, want)
            }
        }
    }

    fn address_value(&mut self, address: Val) -> Val {
        let bytes = self.call_library("fvm.internal.Addresses$", "bytes", &[address]);
        self.coerce(bytes, BYTES)
    }

    /// The bytes of an answer; null was an abort and throws.
    fn succeeded(&mut self, bytes: Val) -> Val {
        let value = self.slot_value(bytes, BYTES);
        let (failed, good) = (self.b.create_block(), self.b.create_block());
        let is_null = self.b.op_value(Op::IsNull, &[value]);
        self.b.branch(is_null, failed, good);
        self.b.switch_to(failed);
        self.call_library("fvm.internal.Worlds$", "failed", &[]);
        self.unreachable();
        self.b.switch_to(good);
        Val::new(BYTES, value)
    }

    /// The result of a message. One that nobody wants is not decoded: while orders are explored,
    /// the message has only been queued, and there is none.
    fn world_result(
        &mut self,
        method: MethodId,
        bytes: Val,
        expr: &Expr,
        want: Option<Repr>,
    ) -> Val {
        let bytes = self.succeeded(bytes);
        if want == Some(Repr::Unit) {
            return Val::UNIT;
        }
        let symbols = self.l.symbols();
        let ty = symbols.methods[method].result;
        let val = self.from_bytes(ty, bytes);
        let repr = self.l.repr(expr.ty);
        match repr {
            Repr::Never => val,
            _ => self.coerce(val, repr),
        }
    }
}
