//! Calls: how the function is found, and the members of `Any` that every value has.
//!
//! Guarantees: a call goes directly to a function where the tree says which one, where the method
//! or the class is final, or where the receiver is an object; everything else goes by selector.

use crate::body::Body;
use crate::classes::{SelectorKey, is_static_object};
use crate::context::{FuncKey, Helper, Lowering};
use crate::repr::{Repr, Val};
use fscc_ir::types::BUILTIN_CLASSES;
use fscc_ir::{ClassId as IrClass, Op, Type, Value, builtin};
use fscc_sema::symbols::{ClassId, ClassKind, Implementation, MethodId, MethodKind, Owner};
use fscc_sema::typed::{Dispatch, Expr, ExprKind};

/// Whether instances of the class answer selectors.
pub fn is_module_class(class: IrClass) -> bool {
    class.as_u32() >= BUILTIN_CLASSES
}

impl<'p> Body<'_, 'p> {
    /// A call as it stands in the tree.
    pub fn call(&mut self, expr: &'p Expr) -> Val {
        let ExprKind::Call { method, dispatch, receiver, type_args, args } = &expr.kind else {
            return Val::NEVER;
        };
        let (method, receiver) = (*method, receiver.as_deref());
        let info = &self.l.symbols().methods[method];
        if let Implementation::Intrinsic(_) = info.implementation {
            return self.intrinsic_call(expr, method, receiver, type_args, args);
        }
        let owner = match info.owner {
            Owner::Class(owner) => owner,
            Owner::Method(_) | Owner::Package => {
                if let Some(receiver) = receiver {
                    self.discard(receiver);
                }
                let params = self.arguments(method, args);
                return self.call_method(method, None, &params);
            }
        };
        let Some(receiver) = receiver else {
            let params = self.arguments(method, args);
            return self.call_method(method, None, &params);
        };
        if let Some(array) = self.array_of_elements(owner, method, args) {
            return array;
        }
        if self.l.is_root_member(method) {
            let this = self.expr(receiver);
            let params: Vec<Val> = args.iter().map(|arg| self.expr(arg)).collect();
            return self.root_member(method, *dispatch, this, &params);
        }
        if info.kind == MethodKind::Constructor {
            return self.constructor_call(owner, method, receiver, args);
        }
        if *dispatch == Dispatch::Virtual
            && let Some(target) = self.object_member(method, receiver)
        {
            self.discard_object(receiver);
            let params = self.arguments(target, args);
            return self.call_between(method, target, None, &params);
        }
        match dispatch {
            Dispatch::SuperOf(owner) => self.super_call(*owner, method, receiver, args),
            Dispatch::Static if !self.l.is_abstract(method) => {
                self.static_call(method, receiver, args)
            }
            Dispatch::Static | Dispatch::Virtual => {
                self.virtual_call(owner, method, receiver, args)
            }
        }
    }

    /// `Array(…)` with elements that are written out and of a known type: they go into the array
    /// at once, where the library would copy them from a sequence. The library's class tag makes
    /// the same array and has no effects.
    fn array_of_elements(
        &mut self,
        owner: ClassId,
        method: MethodId,
        args: &'p [Expr],
    ) -> Option<Val> {
        let [Expr { kind: ExprKind::Sequence(parts, element), .. }, tag] = args else {
            return None;
        };
        let ExprKind::Call { method: tag, .. } = &tag.kind else { return None };
        let symbols = self.l.symbols();
        let object = |name| self.l.program.known.class(name);
        let is_library_tag = match symbols.methods[*tag].owner {
            Owner::Class(owner) => Some(owner) == object("scala.reflect.ClassTag$"),
            _ => false,
        };
        let is_apply = Some(owner) == object("scala.Array$")
            && symbols.methods[method].name.as_str() == "apply";
        (is_library_tag && is_apply && self.l.array_class_of(*element).is_some())
            .then(|| self.array_literal(parts, *element))
    }

    /// The arguments in the representations that the method wants.
    pub fn arguments(&mut self, method: MethodId, args: &'p [Expr]) -> Vec<Val> {
        let sig = self.l.method_sig(method);
        let mut values = Vec::with_capacity(args.len());
        for (arg, repr) in args.iter().zip(&sig.params) {
            values.push(self.expr_to(arg, *repr));
        }
        values
    }

    /// For a receiver that is a static object: the method that runs, if it takes no receiver.
    fn object_member(&mut self, method: MethodId, receiver: &Expr) -> Option<MethodId> {
        let symbols = self.l.symbols();
        let object = match &receiver.kind {
            ExprKind::Object(class) | ExprKind::This(class) => *class,
            _ => self.l.program.types.erase(symbols, receiver.ty),
        };
        if !is_static_object(symbols, object) {
            return None;
        }
        let target = self.l.implementation(object, method)?;
        (!self.l.has_this(target)).then_some(target)
    }

    /// Calls `target` where the tree names `method`: their signatures may differ in erasure.
    fn call_between(
        &mut self,
        method: MethodId,
        target: MethodId,
        this: Option<Val>,
        params: &[Val],
    ) -> Val {
        let _ = method;
        if let Implementation::Intrinsic(_) = self.l.symbols().methods[target].implementation {
            let mut args: Vec<Val> = Vec::new();
            if self.l.has_this(target) {
                args.extend(this);
            }
            args.extend(params);
            return self.intrinsic_values(target, &args);
        }
        self.call_method(target, this, params)
    }

    /// A secondary constructor calls another one on the same instance.
    fn constructor_call(
        &mut self,
        class: ClassId,
        constructor: MethodId,
        receiver: &'p Expr,
        args: &'p [Expr],
    ) -> Val {
        let this = self.expr(receiver);
        let params = self.arguments(constructor, args);
        let outer = match (self.outer, crate::analysis::enclosing_class(self.l.symbols(), class)) {
            (Some(outer), Some(around)) => {
                let repr = self.l.this_repr(around);
                Some(Val::new(repr, outer))
            }
            _ => None,
        };
        self.construct(class, constructor, this, outer, &params);
        Val::UNIT
    }

    fn static_call(&mut self, method: MethodId, receiver: &'p Expr, args: &'p [Expr]) -> Val {
        let sig = self.l.method_sig(method);
        let this = match sig.this {
            Some(repr) => Some(self.expr_to(receiver, repr)),
            None => {
                self.discard_object(receiver);
                None
            }
        };
        let params = self.arguments(method, args);
        self.call_method(method, this, &params)
    }

    fn super_call(
        &mut self,
        owner: ClassId,
        method: MethodId,
        receiver: &'p Expr,
        args: &'p [Expr],
    ) -> Val {
        let this = self.expr(receiver);
        let params = self.arguments(method, args);
        let repr = self.l.this_repr(owner);
        let selector = self.l.selector(SelectorKey::Super(owner, method));
        let sig = self.l.method_sig(method);
        let mut values = vec![self.slot_value(this, repr)];
        for (val, repr) in params.iter().zip(&sig.params) {
            values.extend(self.coerce(*val, *repr).value);
        }
        let value = self.b.call_virtual(selector, &values, sig.result.ty());
        self.called(sig.result, value)
    }

    fn virtual_call(
        &mut self,
        owner: ClassId,
        method: MethodId,
        receiver: &'p Expr,
        args: &'p [Expr],
    ) -> Val {
        let this = self.expr(receiver);
        // What is known of the receiver: its static type, or the class of its slot.
        let class = self.l.program.types.erase(self.l.symbols(), receiver.ty);
        if let Some(target) = self.l.only_target(class, method) {
            let params = self.arguments(target, args);
            return self.call_between(method, target, Some(this), &params);
        }
        let params = self.arguments(method, args);
        self.call_selector(owner, method, this, &params)
    }

    /// Calls a method by selector; a receiver that may be built in is looked at first.
    pub fn call_selector(
        &mut self,
        owner: ClassId,
        method: MethodId,
        this: Val,
        params: &[Val],
    ) -> Val {
        let sig = self.l.method_sig(method);
        let mut values = Vec::new();
        let is_builtin = self.l.builtins.has_builtin_values(owner);
        if is_builtin {
            values.push(self.boxed(this));
        } else {
            let repr = self.l.this_repr(owner);
            let this = self.coerce(this, repr);
            // The selector may belong to a class that the trait extends.
            let selector = self.l.method_selector(method);
            let receiver = match self.l.module.selectors[selector].params[0] {
                Type::Ref(class) => Repr::Ref(class),
                _ => repr,
            };
            values.push(self.slot_value(this, receiver));
        }
        for (val, repr) in params.iter().zip(&sig.params) {
            values.extend(self.coerce(*val, *repr).value);
        }
        let value = if is_builtin {
            let func = self.l.func(FuncKey::Helper(Helper::Dispatch(method)));
            self.b.call(func, &values, sig.result.ty())
        } else {
            let selector = self.l.method_selector(method);
            self.b.call_virtual(selector, &values, sig.result.ty())
        };
        self.called(sig.result, value)
    }

    /// Calls a method on a value, by selector or directly, as its class allows.
    pub fn invoke(&mut self, class: ClassId, method: MethodId, this: Val, params: &[Val]) -> Val {
        if let Some(target) = self.l.only_target(class, method) {
            return self.call_between(method, target, Some(this), params);
        }
        let owner = match self.l.symbols().methods[method].owner {
            Owner::Class(owner) => owner,
            _ => class,
        };
        if self.l.is_root_member(method) {
            return self.root_member(method, Dispatch::Virtual, this, params);
        }
        self.call_selector(owner, method, this, params)
    }

    // ── members of Any ──

    /// A member of `Any` or `AnyRef`.
    pub fn root_member(
        &mut self,
        method: MethodId,
        dispatch: Dispatch,
        this: Val,
        params: &[Val],
    ) -> Val {
        let known = &self.l.program.known;
        let is = |root: Option<MethodId>| root == Some(method);
        let param = params.first().copied().unwrap_or(Val::NEVER);
        if is(known.any_equals_equals) {
            let value = self.equal(this, param);
            Val::new(Repr::BOOLEAN, value)
        } else if is(known.any_not_equals) {
            let value = self.equal(this, param);
            Val::new(Repr::BOOLEAN, self.b.op_value(Op::BoolNot, &[value]))
        } else if is(known.any_ref_eq) || is(known.any_ref_ne) {
            let is_ne = is(known.any_ref_ne);
            let (a, b) = (self.boxed(this), self.boxed(param));
            let same = self.b.op_value(Op::RefEq, &[a, b]);
            let value = if is_ne { self.b.op_value(Op::BoolNot, &[same]) } else { same };
            Val::new(Repr::BOOLEAN, value)
        } else if is(known.any_hash_hash) {
            let this = Val::new(Repr::Any, self.boxed(this));
            self.call_library("fvm.internal.AnyOps$", "hash", &[this])
        } else if is(known.any_to_string) {
            self.universal_call(method, dispatch, this, &[], "textMethod")
        } else if is(known.any_hash_code) {
            self.universal_call(method, dispatch, this, &[], "hashMethod")
        } else if is(known.any_equals) {
            self.universal_call(method, dispatch, this, params, "equalsMethod")
        } else {
            self.unreachable();
            Val::NEVER
        }
    }

    fn universal_call(
        &mut self,
        method: MethodId,
        dispatch: Dispatch,
        this: Val,
        params: &[Val],
        library: &str,
    ) -> Val {
        let sig = self.l.method_sig(method);
        if dispatch != Dispatch::Virtual {
            // `super.toString` where no class above defines one.
            if let Some(FuncKey::Helper(helper)) = self.l.universal(method) {
                let mut values = vec![self.boxed(this)];
                for param in params {
                    values.push(self.boxed(*param));
                }
                let func = self.l.func(FuncKey::Helper(helper));
                return self.call_func(func, &values, sig.result);
            }
        }
        match this.repr {
            Repr::Ref(class) if is_module_class(class) => {
                let mut values: Vec<Value> = this.value.into_iter().collect();
                for (val, repr) in params.iter().zip(&sig.params) {
                    values.extend(self.coerce(*val, *repr).value);
                }
                let selector = self.l.method_selector(method);
                let value = self.b.call_virtual(selector, &values, sig.result.ty());
                self.called(sig.result, value)
            }
            Repr::Prim(_) | Repr::Unit if library == "textMethod" => self.text(this),
            Repr::Ref(builtin::STRING) if library == "textMethod" => this,
            _ => {
                let mut args = vec![Val::new(Repr::Any, self.boxed(this))];
                for param in params {
                    args.push(Val::new(Repr::Any, self.boxed(*param)));
                }
                self.call_library("fvm.internal.AnyOps$", library, &args)
            }
        }
    }
}

impl Lowering<'_> {
    /// The one method that can run when `method` is called on a value of this class: nothing
    /// overrides it, or the class is final.
    pub fn only_target(&self, class: ClassId, method: MethodId) -> Option<MethodId> {
        let symbols = self.symbols();
        let info = &symbols.methods[method];
        let Owner::Class(owner) = info.owner else { return None };
        if !self.program.types.derives(symbols, class, owner) {
            return (info.is_final && !self.is_abstract(method)).then_some(method);
        }
        let known = &symbols.classes[class];
        let is_exact = known.is_final
            || (known.kind == ClassKind::Object)
            || self.builtins.classes.contains_key(&class);
        if is_exact && !known.is_abstract {
            return self.implementation(class, method);
        }
        let target = self.implementation(class, method)?;
        let found = &symbols.methods[target];
        let owner_is_final = match found.owner {
            Owner::Class(owner) => symbols.classes[owner].is_final,
            _ => true,
        };
        (found.is_final || found.is_private || owner_is_final).then_some(target)
    }
}
