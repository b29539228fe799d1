//! `try`: the protected part becomes a function that `call.try` runs.
//!
//! With a finalizer the protected part is the body together with its cases, so that there is one
//! copy of the finalizer. What `call.try` catches is an exception of the program or a trap; a trap
//! becomes the exception that Scala would throw before any case sees it. A `return` inside leaves
//! its value in a cell and the function normally; the flag in the cell is looked at afterwards.

use crate::analysis::{Capture, Unit, address, inner_part};
use crate::body::{Body, ReturnTo};
use crate::classes::ClassKey;
use crate::context::{FuncKey, Lowering, Node, Sig};
use crate::repr::{Repr, Val};
use fscc_ir::{FieldRef, Func, Op, Type, Value, builtin};
use fscc_sema::typed::{Case, Expr, ExprKind};

/// What a protected part left behind.
struct Attempt {
    /// 0 for a normal end.
    status: Value,
    /// The result, or the exception (as `Any`).
    value: Value,
    detail: Value,
}

impl<'p> Lowering<'p> {
    /// The signature of a protected part: its result is boxed.
    fn protected_sig(&mut self, node: usize) -> Sig {
        let unit = Unit::Try(node);
        let class = self.analysis.units.get(&unit).and_then(|unit| unit.class);
        let needed: Vec<Capture> = self.analysis.captures(unit).collect();
        let mut captures = Vec::new();
        for capture in needed {
            captures.push((capture, self.capture_repr(capture, class)));
        }
        Sig { this: None, captures, params: Vec::new(), result: Repr::Any }
    }

    /// The function of a protected part.
    pub fn lower_protected(&mut self, node: usize) -> Func {
        let Some(found) = self.nodes.get(&node).copied() else { return Func::default() };
        let expr = found.expr;
        let sig = self.protected_sig(node);
        let unit = Unit::Try(node);
        let facts = self.analysis.units.get(&unit);
        let (class, method) = (facts.and_then(|f| f.class), facts.and_then(|f| f.method));
        let name = match method {
            Some(method) => format!("{}.<try>", self.method_name(method)),
            None => "<try>".to_owned(),
        };
        let mut body = Body::new(self, &name, &sig, expr.span);
        // Without a captured cell there is no `return` inside.
        body.returns = ReturnTo::Function(Repr::Any);
        body.bind_captures(&sig, class);
        let result = match &expr.kind {
            ExprKind::Try(inner, cases, Some(_)) if !cases.is_empty() && node == address(expr) => {
                let repr = body.l.repr(expr.ty);
                body.catching(inner, inner_part(inner), cases, repr)
            }
            ExprKind::Try(inner, _, _) if node == address(expr) => body.expr_to(inner, Repr::Any),
            // The inner part of a `try` with cases and a finalizer.
            _ => body.expr_to(expr, Repr::Any),
        };
        body.finish(result, Repr::Any)
    }
}

impl<'p> Body<'_, 'p> {
    /// A `try` in any form.
    pub fn try_expr(&mut self, expr: &'p Expr, want: Option<Repr>) -> Val {
        let ExprKind::Try(body, cases, finalizer) = &expr.kind else { return Val::NEVER };
        let repr = want.unwrap_or_else(|| self.l.repr(expr.ty));
        self.l.keep_node(expr);
        match finalizer {
            None if cases.is_empty() => self.expr_want(body, want),
            None => self.catching(body, address(expr), cases, repr),
            Some(finalizer) => {
                let attempt = self.attempt(address(expr));
                self.discard(finalizer);
                let (good, bad) = (self.b.create_block(), self.b.create_block());
                self.branch_on(&attempt, good, bad);
                self.b.switch_to(bad);
                let thrown = self.thrown(&attempt);
                self.rethrow(thrown);
                self.b.switch_to(good);
                self.attempt_value(address(expr), &attempt, repr)
            }
        }
    }

    /// Runs a body and lets the cases take what it throws.
    fn catching(&mut self, body: &'p Expr, node: usize, cases: &'p [Case], repr: Repr) -> Val {
        if self.l.nodes.get(&node).is_none() {
            self.l.nodes.insert(node, Node { expr: body });
        }
        let attempt = self.attempt(node);
        let (good, bad) = (self.b.create_block(), self.b.create_block());
        let (end, result) = self.join(repr);
        self.branch_on(&attempt, good, bad);
        self.b.switch_to(good);
        let val = self.attempt_value(node, &attempt, repr);
        self.jump_with(end, val, repr);
        self.b.switch_to(bad);
        let thrown = self.thrown(&attempt);
        let fail = self.b.create_block();
        self.cases(thrown, cases, repr, end, fail);
        self.b.switch_to(fail);
        self.rethrow(thrown);
        self.b.seal(end);
        self.b.switch_to(end);
        self.called(repr, result.value)
    }

    /// Calls a protected part.
    fn attempt(&mut self, node: usize) -> Attempt {
        let sig = self.l.protected_sig(node);
        let class = self.l.analysis.units.get(&Unit::Try(node)).and_then(|unit| unit.class);
        let mut args = Vec::new();
        for (capture, repr) in &sig.captures {
            let val = self.captured(*capture, class);
            if *capture == Capture::ReturnCell {
                self.return_cell = val.value;
            }
            args.extend(self.coerce(val, *repr).value);
        }
        let func = self.l.func(FuncKey::Try(node));
        let array = self.b.call_try(func, &args);
        let mut element = |index: i32| {
            let index = self.b.const_i32(index);
            self.b.array_get(builtin::ARRAY_ANY, array, index)
        };
        let (status, value, detail) = (element(0), element(1), element(2));
        let status = self.b.unbox(builtin::INT, status);
        Attempt { status, value, detail }
    }

    fn branch_on(&mut self, attempt: &Attempt, good: fscc_ir::Block, bad: fscc_ir::Block) {
        let zero = self.b.const_i32(0);
        let is_good = self.b.op_value(Op::I32Eq, &[attempt.status, zero]);
        self.b.branch(is_good, good, bad);
        self.b.seal(good);
        self.b.seal(bad);
    }

    /// The result of a protected part that ended normally; a `return` inside goes on here.
    fn attempt_value(&mut self, node: usize, attempt: &Attempt, repr: Repr) -> Val {
        let returns = self
            .l
            .analysis
            .units
            .get(&Unit::Try(node))
            .is_some_and(|unit| unit.captures.contains(&Capture::ReturnCell));
        if let (true, Some(cell)) = (returns, self.return_cell) {
            let class = self.l.class(ClassKey::ReturnCell);
            let flag = self.b.field_get(FieldRef { class, index: 0 }, Type::I32, cell);
            let (leave, stay) = (self.b.create_block(), self.b.create_block());
            self.b.branch(flag, leave, stay);
            self.b.switch_to(leave);
            match self.returns {
                // The flag stays set for the function around.
                ReturnTo::Cell(_) => {
                    let nothing = self.b.const_null(Type::Any);
                    self.b.ret(Some(nothing));
                }
                ReturnTo::Function(wanted) => {
                    let field = FieldRef { class, index: 1 };
                    let value = self.b.field_get(field, Type::Any, cell);
                    self.leave(Val::new(Repr::Any, value), wanted);
                }
            }
            self.b.switch_to(stay);
        }
        self.coerce(Val::new(Repr::Any, attempt.value), repr)
    }

    /// What was thrown, as a `Throwable`: a trap becomes the exception that stands for it.
    fn thrown(&mut self, attempt: &Attempt) -> Val {
        let repr = match self.l.program.known.throwable {
            Some(class) => self.l.this_repr(class),
            None => Repr::Ref(builtin::OBJECT),
        };
        let (object, trap) = (self.b.create_block(), self.b.create_block());
        let (end, result) = self.join(repr);
        let one = self.b.const_i32(1);
        let is_object = self.b.op_value(Op::I32Eq, &[attempt.status, one]);
        self.b.branch(is_object, object, trap);
        self.b.switch_to(object);
        self.jump_with(end, Val::new(Repr::Any, attempt.value), repr);
        self.b.switch_to(trap);
        let code = Val::new(Repr::INT, attempt.status);
        let detail = Val::new(Repr::Any, attempt.detail);
        let made = self.call_library("fvm.internal.Traps$", "throwable", &[code, detail]);
        self.jump_with(end, made, repr);
        self.b.seal(end);
        self.b.switch_to(end);
        result
    }

    fn rethrow(&mut self, thrown: Val) {
        if let Some(value) = thrown.value {
            self.b.throw(value);
        }
    }
}
