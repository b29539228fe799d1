//! Closures: a lambda is an object of a class of its own, whose fields are what it captures and
//! which answers the method that it implements. Partial functions answer `isDefinedAt` as well.

use crate::analysis::{Capture, Unit, address};
use crate::body::Body;
use crate::classes::{ClassKey, SelectorKey};
use crate::context::{FuncKey, Lowering, Sig};
use crate::repr::{Repr, Val};
use fscc_base::Span;
use fscc_ir::module::Field;
use fscc_ir::{Class, ClassId as IrClass, FieldRef, Func, builtin};
use fscc_sema::symbols::{ClassId, LocalId, MethodId, Owner};
use fscc_sema::typed::{Expr, ExprKind};

/// What a lambda's class answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LambdaPart {
    /// The method that it implements.
    Apply,
    /// `isDefinedAt`.
    Test,
    /// `applyOrElse`.
    OrElse,
}

impl LambdaPart {
    /// The part that a function is.
    pub fn of(key: FuncKey) -> LambdaPart {
        match key {
            FuncKey::LambdaTest(_) => LambdaPart::Test,
            FuncKey::LambdaOrElse(_) => LambdaPart::OrElse,
            _ => LambdaPart::Apply,
        }
    }
}

/// The parts of a lambda.
struct Parts<'p> {
    params: &'p [LocalId],
    body: &'p Expr,
    test: Option<&'p Expr>,
    method: MethodId,
    /// The type of the function value.
    class: ClassId,
    span: Span,
}

impl<'p> Lowering<'p> {
    fn lambda_parts(&self, node: usize) -> Option<Parts<'p>> {
        let expr: &'p Expr = self.nodes.get(&node)?.expr;
        match &expr.kind {
            ExprKind::Lambda { params, body, is_defined_at, method } => Some(Parts {
                params,
                body,
                test: is_defined_at.as_deref(),
                method: *method,
                class: self.program.types.erase(self.symbols(), expr.ty),
                span: expr.span,
            }),
            _ => None,
        }
    }

    /// What a lambda captures that takes a slot, in the order of its fields.
    pub fn lambda_captures(&mut self, node: usize) -> Vec<(Capture, Repr)> {
        let unit = Unit::Lambda(node);
        let class = self.analysis.units.get(&unit).and_then(|unit| unit.class);
        let needed: Vec<Capture> = self.analysis.captures(unit).collect();
        let mut captures = Vec::new();
        for capture in needed {
            let repr = self.capture_repr(capture, class);
            if repr.ty().is_some() {
                captures.push((capture, repr));
            }
        }
        captures
    }

    /// The class that a lambda extends, and the method that it implements: the class of its type,
    /// if that has the method, otherwise the class that declares the method.
    pub(crate) fn lambda_base(&self, node: usize) -> Option<(ClassId, MethodId)> {
        let parts = self.lambda_parts(node)?;
        match self.symbols().methods[parts.method].owner {
            Owner::Class(owner) => {
                let has_it = self.program.types.derives(self.symbols(), parts.class, owner);
                Some((if has_it { parts.class } else { owner }, parts.method))
            }
            _ => None,
        }
    }

    /// Declares the class of a lambda.
    pub fn declare_lambda(&mut self, node: usize) -> IrClass {
        let base = self.lambda_base(node).map(|(class, _)| class);
        let is_trait = base.is_none_or(|class| {
            self.symbols().classes[class].kind == fscc_sema::symbols::ClassKind::Trait
        });
        let parent = base.map(|class| self.class(ClassKey::Source(class)));
        let name = match self.lambda_owner(node) {
            Some(owner) => format!("{owner}.$lambda"),
            None => "$lambda".to_owned(),
        };
        let (superclass, traits) = match (is_trait, parent) {
            (false, Some(parent)) => (parent, Vec::new()),
            (_, parent) => (builtin::OBJECT, parent.into_iter().collect()),
        };
        let info = Class { name, superclass: Some(superclass), traits, ..Class::default() };
        let id = self.module.classes.push(info);
        self.classes.insert(ClassKey::Lambda(node), id);
        let mut fields = Vec::new();
        for (capture, repr) in self.lambda_captures(node) {
            let Some(ty) = repr.ty() else { continue };
            fields.push(Field { name: self.capture_name(capture), ty, mutable: false });
        }
        self.module.classes[id].fields = fields;
        id
    }

    fn lambda_owner(&self, node: usize) -> Option<String> {
        let facts = self.analysis.units.get(&Unit::Lambda(node))?;
        facts.method.map(|method| self.method_name(method))
    }

    fn capture_name(&self, capture: Capture) -> String {
        match capture {
            Capture::This => "$this".to_owned(),
            Capture::Local(local) => self.symbols().locals[local].name.as_str().to_owned(),
            Capture::ReturnCell => "$return".to_owned(),
        }
    }

    /// The signature of a part of a lambda.
    pub fn lambda_sig(&mut self, node: usize, part: LambdaPart) -> Sig {
        let this = Repr::Ref(self.class(ClassKey::Lambda(node)));
        let method = match part {
            LambdaPart::OrElse => self.function_member("scala.PartialFunction", "applyOrElse"),
            _ => self.lambda_base(node).map(|(_, method)| method),
        };
        let (params, result) = match method {
            Some(method) => {
                let sig = self.method_sig(method);
                (sig.params.clone(), sig.result)
            }
            None => (Vec::new(), Repr::Unit),
        };
        let result = if part == LambdaPart::Test { Repr::BOOLEAN } else { result };
        Sig { this: Some(this), captures: Vec::new(), params, result }
    }

    fn function_member(&self, class: &str, name: &str) -> Option<MethodId> {
        self.program.known.method(self.symbols(), class, name)
    }

    /// The function of a part of a lambda.
    pub fn lower_lambda(&mut self, node: usize, part: LambdaPart) -> Func {
        let Some(parts) = self.lambda_parts(node) else { return Func::default() };
        let sig = self.lambda_sig(node, part);
        let mut name = self.class_name(self.classes[&ClassKey::Lambda(node)]).to_owned();
        name.push_str(match part {
            LambdaPart::Apply => ".apply",
            LambdaPart::Test => ".isDefinedAt",
            LambdaPart::OrElse => ".applyOrElse",
        });
        let class = self.analysis.units.get(&Unit::Lambda(node)).and_then(|unit| unit.class);
        let captures = self.lambda_captures(node);
        let lambda = self.class(ClassKey::Lambda(node));
        let mut body = Body::new(self, &name, &sig, parts.span);
        let params = body.bind_captures(&sig, None);
        let object = body.b.param(0);
        for (index, (capture, repr)) in captures.into_iter().enumerate() {
            let Some(ty) = repr.ty() else { continue };
            let field = FieldRef { class: lambda, index: u32::try_from(index).unwrap_or(u32::MAX) };
            let value = body.b.field_get(field, ty, object);
            body.bind_capture(capture, Val::new(repr, value), class);
        }
        for (local, val) in parts.params.iter().zip(&params) {
            body.declare(*local, *val);
        }
        let result = match (part, parts.test) {
            (LambdaPart::Test, Some(test)) => body.expr_to(test, sig.result),
            (LambdaPart::Test, None) => body.takes(parts.body),
            (LambdaPart::Apply, _) => body.expr_to(parts.body, sig.result),
            (LambdaPart::OrElse, _) => body.apply_or_else(parts.body, &params, sig.result),
        };
        body.finish(result, sig.result)
    }

    /// What a lambda's class answers: its own method, `isDefinedAt`, or what it inherits.
    pub fn find_lambda_answer(&mut self, node: usize, key: SelectorKey) -> Option<FuncKey> {
        let (base, own) = self.lambda_base(node)?;
        let symbols = self.symbols();
        let method = match key {
            SelectorKey::Method(canonical) => self.called_on(base, canonical)?,
            SelectorKey::Super(owner, method) => {
                let line = &symbols.classes[base].linearization;
                let position = line.iter().position(|parent| *parent == owner)?;
                return self.implementation_after(base, method, position + 1).map(FuncKey::Method);
            }
            SelectorKey::Get(..) | SelectorKey::Set(..) => return None,
        };
        let implements = |own: MethodId| {
            own == method
                || symbols.methods[own].overrides.contains(&method)
                || symbols.methods[method].overrides.contains(&own)
        };
        if implements(own) {
            return Some(FuncKey::Lambda(node));
        }
        if Some(method) == self.function_member("scala.PartialFunction", "applyOrElse") {
            return Some(FuncKey::LambdaOrElse(node));
        }
        let found = self.implementation(base, method);
        // The second abstract method of a partial function.
        if found.is_none() && symbols.methods[method].name.as_str() == "isDefinedAt" {
            return Some(FuncKey::LambdaTest(node));
        }
        match found {
            Some(found) if !self.is_root_member(found) => Some(FuncKey::Method(found)),
            _ if symbols.methods[method].name == symbols.methods[own].name
                && symbols.methods[method].params.len() == symbols.methods[own].params.len() =>
            {
                Some(FuncKey::Lambda(node))
            }
            _ => self.universal(method),
        }
    }

    /// The node of an expression, kept for later.
    pub fn keep_node(&mut self, expr: &'p Expr) -> usize {
        let node = address(expr);
        self.nodes.insert(node, crate::context::Node { expr });
        node
    }
}

impl<'p> Body<'_, 'p> {
    /// Whether a function literal that stands where a partial function is expected takes its
    /// argument: if its body is a match, whether a case does; otherwise always.
    fn takes(&mut self, body: &'p Expr) -> Val {
        match &without_blocks(body).kind {
            ExprKind::Match(scrutinee, cases) => {
                let val = self.expr(scrutinee);
                self.any_case(val, cases)
            }
            _ => self.boolean(true),
        }
    }

    /// The value of the case that takes the argument, or what the function in the second parameter
    /// gives for it.
    fn apply_or_else(&mut self, body: &'p Expr, params: &[Val], repr: Repr) -> Val {
        let (ExprKind::Match(scrutinee, cases), [argument, default]) =
            (&without_blocks(body).kind, params)
        else {
            return self.expr_to(body, repr);
        };
        let apply = self
            .l
            .program
            .known
            .function(1)
            .zip(self.l.function_member("scala.Function1", "apply"));
        let Some((function, apply)) = apply else { return self.expr_to(body, repr) };
        let val = self.expr(scrutinee);
        let (end, result) = self.join(repr);
        let fail = self.b.create_block();
        self.cases(val, cases, repr, end, fail);
        self.b.seal(fail);
        self.b.switch_to(fail);
        let other = self.call_selector(function, apply, *default, &[*argument]);
        self.jump_with(end, other, repr);
        self.b.seal(end);
        self.b.switch_to(end);
        self.called(repr, result.value)
    }
}

/// An expression without the blocks around it that hold nothing else.
fn without_blocks(expr: &Expr) -> &Expr {
    let mut at = expr;
    while let ExprKind::Block(stmts, result) = &at.kind
        && stmts.is_empty()
    {
        at = result;
    }
    at
}
