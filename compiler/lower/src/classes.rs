//! Classes: layout, selectors, and which function answers which selector.
//!
//! A class has slots for its own fields and for those of the traits that it mixes in; code in a
//! trait reaches them through selectors that the class answers with accessors. Every class of
//! which reachable code makes instances gets a method for every selector that reachable code
//! calls, and nothing else.
//!
//! Guarantees: superclasses stand before subclasses; a selector names one erased signature; a
//! method whose own erased signature does not fit is called through a bridge.

use crate::analysis::{Capture, needs_outer};
use crate::context::{FuncKey, Helper, Lowering, Sig, plain_type};
use crate::erase::superclass;
use crate::repr::Repr;
use fscc_ir::module::{Field as IrField, Selector};
use fscc_ir::{Class as IrClassInfo, ClassId as IrClass, FieldRef, SelectorId, Type, builtin};
use fscc_sema::symbols::{
    ClassId, ClassKind, FieldId, Implementation, MethodId, MethodKind, Owner, Symbols,
};
use fscc_sema::typed::{Body, Expr, ExprKind, Stmt};
use std::rc::Rc;

/// What a class is made from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ClassKey {
    /// A class of the program.
    Source(ClassId),
    /// A lambda, by the address of its node.
    Lambda(usize),
    /// A variable that closures share.
    Cell(Type),
    /// A local lazy value: state and value, if it takes a slot.
    LazyCell(Option<Type>),
    /// Where a `return` inside a `try` leaves its value: flag and value.
    ReturnCell,
    /// A derived codec.
    Codec(u32),
}

/// A place in the instances of a class that it or a trait declares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Slot {
    /// A field.
    Field(FieldId),
    /// Whether a lazy field is set.
    LazyState(FieldId),
    /// The instance of the class around.
    Outer,
    /// A captured local.
    Kept(Capture),
}

/// What a selector stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SelectorKey {
    /// A method: the one that introduces the name with this erased signature.
    Method(MethodId),
    /// Reads a slot that a trait declares.
    Get(ClassId, Slot),
    /// Sets a slot that a trait declares.
    Set(ClassId, Slot),
    /// `super.m` in a trait.
    Super(ClassId, MethodId),
}

/// Whether the class is an object of which there is exactly one.
pub fn is_static_object(symbols: &Symbols, class: ClassId) -> bool {
    let mut class = class;
    loop {
        let info = &symbols.classes[class];
        if info.kind != ClassKind::Object {
            return false;
        }
        match info.owner {
            Owner::Package => return true,
            Owner::Class(outer) => class = outer,
            Owner::Method(_) => return false,
        }
    }
}

impl<'p> Lowering<'p> {
    // ── layout ──

    /// The class for a key, declared at first use.
    pub fn class(&mut self, key: ClassKey) -> IrClass {
        if let Some(known) = self.classes.get(&key) {
            return *known;
        }
        match key {
            ClassKey::Source(class) => self.declare_source(class),
            ClassKey::Lambda(node) => self.declare_lambda(node),
            ClassKey::Cell(ty) => self.declare_plain(key, "Cell", &[("value", ty)]),
            ClassKey::LazyCell(ty) => match ty {
                Some(ty) => {
                    self.declare_plain(key, "LazyCell", &[("state", Type::I32), ("value", ty)])
                }
                None => self.declare_plain(key, "LazyCell", &[("state", Type::I32)]),
            },
            ClassKey::ReturnCell => {
                let fields = [("returned", Type::I32), ("value", Type::Any)];
                self.declare_plain(key, "ReturnCell", &fields)
            }
            ClassKey::Codec(codec) => self.declare_codec(codec),
        }
    }

    fn declare_plain(&mut self, key: ClassKey, name: &str, fields: &[(&str, Type)]) -> IrClass {
        let fields = fields
            .iter()
            .map(|(name, ty)| IrField { name: (*name).to_owned(), ty: *ty, mutable: true })
            .collect();
        let info = IrClassInfo {
            name: format!("fvm.internal.{name}"),
            superclass: Some(builtin::OBJECT),
            fields,
            ..IrClassInfo::default()
        };
        let id = self.module.classes.push(info);
        self.classes.insert(key, id);
        id
    }

    fn declare_source(&mut self, class: ClassId) -> IrClass {
        let symbols = self.symbols();
        let info = &symbols.classes[class];
        let parent =
            superclass(symbols, class).filter(|parent| !self.builtins.has_builtin_values(*parent));
        let superclass = match (info.kind, parent) {
            (ClassKind::Trait, _) => None,
            (_, Some(parent)) => Some(self.class(ClassKey::Source(parent))),
            (_, None) => Some(builtin::OBJECT),
        };
        let ir = IrClassInfo {
            name: info.full_name.clone(),
            superclass,
            is_abstract: info.is_abstract || info.kind == ClassKind::Trait,
            ..IrClassInfo::default()
        };
        let id = self.module.classes.push(ir);
        self.classes.insert(ClassKey::Source(class), id);
        // Traits and fields come after the class has its number: they may lead back to it.
        let mut traits = Vec::new();
        for parent in mixed_in(symbols, class) {
            if !self.builtins.has_builtin_values(parent) {
                traits.push(self.class(ClassKey::Source(parent)));
            }
        }
        self.module.classes[id].traits = traits;
        if info.kind != ClassKind::Trait {
            let mut fields = Vec::new();
            for (_, slot, repr) in self.layout(class) {
                let Some(ty) = repr.ty() else { continue };
                let (name, mutable) = self.slot_name(slot);
                fields.push(IrField { name, ty, mutable });
            }
            self.module.classes[id].fields = fields;
        }
        id
    }

    fn slot_name(&self, slot: Slot) -> (String, bool) {
        let symbols = self.symbols();
        match slot {
            Slot::Field(field) => {
                let info = &symbols.fields[field];
                (info.name.as_str().to_owned(), info.is_mutable || info.is_lazy)
            }
            Slot::LazyState(field) => (format!("{}$state", symbols.fields[field].name), true),
            Slot::Outer => ("$outer".to_owned(), false),
            Slot::Kept(Capture::Local(local)) => {
                (format!("{}$kept", symbols.locals[local].name), false)
            }
            Slot::Kept(_) => ("$kept".to_owned(), false),
        }
    }

    /// The slots that instances of a class have beyond those of the superclass: own ones, then
    /// those of the traits that it mixes in, each with the class or trait that declares it.
    pub fn layout(&mut self, class: ClassId) -> Vec<(ClassId, Slot, Repr)> {
        let mut layout = Vec::new();
        for owner in std::iter::once(class).chain(mixed_in(self.symbols(), class)) {
            layout.extend(self.own_slots(owner).iter().map(|(slot, repr)| (owner, *slot, *repr)));
        }
        layout
    }

    /// The slots that a class or trait itself declares.
    pub fn own_slots(&mut self, class: ClassId) -> Rc<[(Slot, Repr)]> {
        if let Some(known) = self.slots.get(&class) {
            return Rc::clone(known);
        }
        let slots: Rc<[(Slot, Repr)]> = self.find_slots(class).into();
        self.slots.insert(class, Rc::clone(&slots));
        slots
    }

    fn find_slots(&mut self, class: ClassId) -> Vec<(Slot, Repr)> {
        let symbols = self.symbols();
        let info = &symbols.classes[class];
        let mut slots = Vec::new();
        if let Some(outer) = crate::analysis::enclosing_class(symbols, class) {
            slots.push((Slot::Outer, self.this_repr(outer)));
        }
        let kept: Vec<Capture> = self.analysis.kept_by(class).collect();
        for capture in kept {
            slots.push((Slot::Kept(capture), self.capture_repr(capture, None)));
        }
        for field in &info.fields {
            let declared = &symbols.fields[*field];
            if declared.storage.is_some() || self.constant_field(*field).is_some() {
                continue;
            }
            let repr = self.repr(declared.ty).or_any();
            if repr.ty().is_some() {
                slots.push((Slot::Field(*field), repr));
            }
            if declared.is_lazy {
                slots.push((Slot::LazyState(*field), Repr::INT));
            }
        }
        slots
    }

    /// The representation of a slot.
    pub fn slot_repr(&mut self, owner: ClassId, slot: Slot) -> Repr {
        let slots = self.own_slots(owner);
        slots.iter().find(|(own, _)| *own == slot).map_or(Repr::Unit, |(_, repr)| *repr)
    }

    /// The field of the machine class for a slot, in instances of `class` or its superclasses;
    /// none if the slot belongs to a trait that none of them mixes in.
    pub fn slot_field(&mut self, class: ClassId, owner: ClassId, slot: Slot) -> Option<FieldRef> {
        let symbols = self.symbols();
        let mut at = Some(class);
        while let Some(class) = at {
            if symbols.classes[class].kind != ClassKind::Trait {
                let mut index = 0;
                for (declared, own, repr) in self.layout(class) {
                    if declared == owner && own == slot {
                        let class = self.class(ClassKey::Source(class));
                        return Some(FieldRef { class, index });
                    }
                    index += u32::from(repr.ty().is_some());
                }
            }
            at = superclass(symbols, class);
        }
        None
    }

    /// The initialiser of a field of a static object that never changes and is a constant: such a
    /// field needs no slot.
    pub fn constant_field(&self, field: FieldId) -> Option<&'p Expr> {
        self.builtins.constants.get(&field).copied()
    }

    /// Whether making the object does nothing that anybody could notice.
    pub fn is_inert_object(&mut self, class: ClassId) -> bool {
        if let Some(known) = self.inert.get(&class) {
            return *known;
        }
        let is_inert = self.looks_inert(class);
        self.inert.insert(class, is_inert);
        is_inert
    }

    fn looks_inert(&mut self, class: ClassId) -> bool {
        let symbols = self.symbols();
        let Some(constructor) = symbols.classes[class].constructor else { return true };
        if !self.layout(class).is_empty() {
            return false;
        }
        let Some(Body::Constructor(body)) = self.program.bodies.get(&constructor) else {
            return true;
        };
        let is_constant = |stmt: &Stmt| match stmt {
            Stmt::Expr(expr) => match &expr.kind {
                ExprKind::AssignField(_, field, _) => self.constant_field(*field).is_some(),
                _ => false,
            },
            Stmt::Function(_) | Stmt::Class(_) => true,
            Stmt::Let(..) => false,
        };
        body.statements.iter().all(is_constant)
            && body.traits.iter().all(|call| self.is_inert_parent(call.constructor))
            && body
                .super_call
                .iter()
                .all(|call| call.args.is_empty() && self.is_inert_parent(call.constructor))
    }

    fn is_inert_parent(&self, constructor: Option<MethodId>) -> bool {
        let Some(constructor) = constructor else { return true };
        match self.program.bodies.get(&constructor) {
            None => true,
            Some(Body::Expr(_)) => false,
            Some(Body::Constructor(body)) => {
                body.statements.is_empty()
                    && self.symbols().methods[constructor].params.is_empty()
                    && body.traits.iter().all(|call| self.is_inert_parent(call.constructor))
                    && body
                        .super_call
                        .iter()
                        .all(|call| call.args.is_empty() && self.is_inert_parent(call.constructor))
            }
        }
    }

    // ── finding methods ──

    /// The method that instances of `class` run for `method`.
    pub fn implementation(&self, class: ClassId, method: MethodId) -> Option<MethodId> {
        self.implementation_after(class, method, 0)
    }

    /// The same, looking only at the linearisation from position `from` on.
    pub fn implementation_after(
        &self,
        class: ClassId,
        method: MethodId,
        from: usize,
    ) -> Option<MethodId> {
        let key = (class, method, from);
        if let Some(known) = self.implementations.borrow().get(&key) {
            return *known;
        }
        let found = self.find_implementation(class, method, from);
        self.implementations.borrow_mut().insert(key, found);
        found
    }

    fn find_implementation(
        &self,
        class: ClassId,
        method: MethodId,
        from: usize,
    ) -> Option<MethodId> {
        let symbols = self.symbols();
        let wanted = &symbols.methods[method];
        let line = &symbols.classes[class].linearization;
        let related = |id: &MethodId| match (symbols.methods[*id].kind, wanted.kind) {
            // A default value belongs to its method.
            (MethodKind::Default(a, x), MethodKind::Default(b, y)) => {
                x == y && are_related(symbols, a, b)
            }
            _ => are_related(symbols, *id, method),
        };
        for parent in line.iter().skip(from) {
            let found = symbols.classes[*parent].methods.iter().copied().find(|id| {
                symbols.methods[*id].name == wanted.name && related(id) && !self.is_abstract(*id)
            });
            if found.is_some() {
                return found;
            }
        }
        self.accidental_implementation(class, method, from)
    }

    /// A method that implements an abstract one of an unrelated trait: same name, same shape.
    fn accidental_implementation(
        &self,
        class: ClassId,
        method: MethodId,
        from: usize,
    ) -> Option<MethodId> {
        let symbols = self.symbols();
        let wanted = &symbols.methods[method];
        if Some(method) == self.program.known.any_to_string
            || Some(method) == self.program.known.any_equals
            || Some(method) == self.program.known.any_hash_code
        {
            return None;
        }
        let candidates: Vec<MethodId> = (symbols.classes[class].linearization.iter().skip(from))
            .flat_map(|parent| symbols.classes[*parent].methods.iter().copied())
            .filter(|id| {
                let found = &symbols.methods[*id];
                found.name == wanted.name
                    && found.params.len() == wanted.params.len()
                    && found.kind != MethodKind::Constructor
                    && !self.is_abstract(*id)
            })
            .collect();
        match candidates.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => Some(
                *several
                    .iter()
                    .find(|id| self.same_parameters(class, **id, method))
                    .unwrap_or(&several[0]),
            ),
        }
    }

    /// Whether two methods take the same parameters as seen from a class.
    fn same_parameters(&self, class: ClassId, a: MethodId, b: MethodId) -> bool {
        let symbols = self.symbols();
        let types = &self.program.types;
        let seen = |method: MethodId| -> Vec<ClassId> {
            let info = &symbols.methods[method];
            info.params
                .iter()
                .map(|local| {
                    let ty = symbols.locals[*local].ty;
                    let ty = match info.owner {
                        Owner::Class(owner) => self.seen_from(class, owner, ty),
                        _ => ty,
                    };
                    types.erase(symbols, ty)
                })
                .collect()
        };
        seen(a) == seen(b)
    }

    /// A type of a member of `owner` as seen in `class`.
    pub fn seen_from(
        &self,
        class: ClassId,
        owner: ClassId,
        ty: fscc_sema::types::TyId,
    ) -> fscc_sema::types::TyId {
        let symbols = self.symbols();
        let types = &self.program.types;
        let base = types.base_type(symbols, symbols.classes[class].this_ty, owner);
        match base.and_then(|base| types.as_class(base)) {
            Some((_, args)) => {
                let params = &symbols.classes[owner].type_params;
                types.subst(ty, &fscc_sema::types::Subst::zip(params, args))
            }
            None => ty,
        }
    }

    /// Whether there is nothing to run for the method.
    pub fn is_abstract(&self, method: MethodId) -> bool {
        self.symbols().methods[method].implementation == Implementation::Abstract
    }

    // ── selectors ──

    /// The selector of a method: that of the oldest method it overrides with the same erased
    /// signature.
    pub fn method_selector(&mut self, method: MethodId) -> SelectorId {
        let canonical = self.canonical(method);
        let key = SelectorKey::Method(canonical);
        let selector = self.selector(key);
        if self.called.entry(selector).or_default().insert(method) {
            for index in 0..self.instantiated.len() {
                let class = self.instantiated[index];
                self.answer(class, key, selector);
            }
        }
        selector
    }

    /// The method through which a class is called by a selector: one of those that are called by
    /// it and that the class has. A class below the selector's root that no call reaches does not
    /// answer.
    pub fn called_on(&self, class: ClassId, canonical: MethodId) -> Option<MethodId> {
        let symbols = self.symbols();
        let selector = self.selectors.get(&SelectorKey::Method(canonical))?;
        self.called.get(selector)?.iter().copied().find(|method| {
            match symbols.methods[*method].owner {
                Owner::Class(owner) => {
                    owner == self.program.types.roots().any_ref_class
                        || self.program.types.derives(symbols, class, owner)
                }
                _ => false,
            }
        })
    }

    fn canonical(&mut self, method: MethodId) -> MethodId {
        let symbols = self.symbols();
        let own = self.method_sig(method);
        let mut best = (symbols.methods[method].overrides.len(), method);
        for root in symbols.methods[method].overrides.clone() {
            let sig = self.method_sig(root);
            let same = same_types(&sig, &own);
            let rank = (symbols.methods[root].overrides.len(), root);
            if same && rank < best {
                best = rank;
            }
        }
        best.1
    }

    /// The selector for a key. Every instantiated class that can answer it does from now on.
    pub fn selector(&mut self, key: SelectorKey) -> SelectorId {
        if let Some(known) = self.selectors.get(&key) {
            return *known;
        }
        let (name, owner, sig) = self.describe(key);
        let receiver = match self.this_repr(owner) {
            Repr::Ref(class) => class,
            _ => builtin::OBJECT,
        };
        let mut params = vec![Type::Ref(receiver)];
        params.extend(sig.params.iter().filter_map(|repr| repr.ty()));
        let result = sig.result.ty();
        let selector = Selector { name, owner: receiver, params, result };
        let id = self.module.selectors.push(selector);
        self.selectors.insert(key, id);
        for index in 0..self.instantiated.len() {
            let class = self.instantiated[index];
            self.answer(class, key, id);
        }
        id
    }

    /// Name, owner and signature (without the receiver) of a selector.
    pub fn describe(&mut self, key: SelectorKey) -> (String, ClassId, Sig) {
        let symbols = self.symbols();
        let any = self.program.types.roots().any_ref_class;
        let sig = |params: Vec<Repr>, result: Repr| Sig {
            this: None,
            captures: Vec::new(),
            params,
            result,
        };
        match key {
            SelectorKey::Method(method) => {
                let owner = match symbols.methods[method].owner {
                    Owner::Class(class) => class,
                    _ => any,
                };
                let name = symbols.methods[method].name.as_str().to_owned();
                let own = self.method_sig(method);
                (name, owner, sig(own.params, own.result))
            }
            SelectorKey::Get(owner, slot) => {
                let repr = self.slot_repr(owner, slot);
                (self.slot_name(slot).0, owner, sig(Vec::new(), repr))
            }
            SelectorKey::Set(owner, slot) => {
                let repr = self.slot_repr(owner, slot);
                (format!("{}_=", self.slot_name(slot).0), owner, sig(vec![repr], Repr::Unit))
            }
            SelectorKey::Super(owner, method) => {
                let name = format!("super${}", symbols.methods[method].name);
                let own = self.method_sig(method);
                (name, owner, sig(own.params, own.result))
            }
        }
    }

    /// Reachable code makes instances of the class.
    pub fn instantiate(&mut self, key: ClassKey) -> IrClass {
        let class = self.class(key);
        if self.instantiated.insert(key) {
            for index in 0..self.selectors.len() {
                let Some((selector, id)) = self.selectors.get_index(index) else { break };
                let (selector, id) = (*selector, *id);
                self.answer(key, selector, id);
            }
        }
        class
    }

    fn answer(&mut self, class: ClassKey, key: SelectorKey, selector: SelectorId) {
        let known = self.classes.get(&class).map(|class| &self.module.classes[*class].methods);
        if known.is_some_and(|methods| methods.contains_key(&selector)) {
            return;
        }
        let Some(answer) = self.find_answer(class, key) else { return };
        let func = match self.fits(answer, class, selector) {
            true => self.func(answer),
            false => self.func(FuncKey::Bridge(class, selector)),
        };
        let class = self.class(class);
        self.module.classes[class].methods.insert(selector, func);
    }

    /// The function behind a selector in a class, before any bridge; none if the class does not
    /// have the selector.
    pub fn find_answer(&mut self, class: ClassKey, key: SelectorKey) -> Option<FuncKey> {
        let symbols = self.symbols();
        let source = match class {
            ClassKey::Source(class) => class,
            ClassKey::Lambda(node) => return self.find_lambda_answer(node, key),
            ClassKey::Codec(codec) => return self.find_codec_answer(codec, key),
            _ => match key {
                SelectorKey::Method(method) => return self.universal(method),
                _ => return None,
            },
        };
        match key {
            SelectorKey::Method(canonical) => {
                let method = self.called_on(source, canonical)?;
                match self.implementation(source, method) {
                    Some(found) if !self.is_root_member(found) => Some(FuncKey::Method(found)),
                    _ => (self.value_member(source, method))
                        .or_else(|| self.universal(method))
                        .or_else(|| self.nested_object(source, method)),
                }
            }
            SelectorKey::Get(owner, slot) | SelectorKey::Set(owner, slot) => {
                self.slot_field(source, owner, slot)?;
                // The bridge reads or writes the field itself.
                Some(FuncKey::Helper(Helper::ObjectEquals))
            }
            SelectorKey::Super(owner, method) => {
                let line = &symbols.classes[source].linearization;
                let position = line.iter().position(|parent| *parent == owner)?;
                match self.implementation_after(source, method, position + 1) {
                    Some(found) if !self.is_root_member(found) => Some(FuncKey::Method(found)),
                    _ => self.universal(method),
                }
            }
        }
    }

    /// Equality and hash of a value class: those of its value.
    fn value_member(&mut self, class: ClassId, method: MethodId) -> Option<FuncKey> {
        let any_val = self.program.types.roots().any_val_class;
        if !self.symbols().classes[class].linearization.contains(&any_val) {
            return None;
        }
        match self.universal(method)? {
            FuncKey::Helper(Helper::ObjectEquals) => {
                Some(FuncKey::Helper(Helper::ValueEquals(class)))
            }
            FuncKey::Helper(Helper::ObjectHash) => Some(FuncKey::Helper(Helper::ValueHash(class))),
            _ => None,
        }
    }

    /// The object in a static object that implements a member without parameters.
    fn nested_object(&self, class: ClassId, method: MethodId) -> Option<FuncKey> {
        let symbols = self.symbols();
        let wanted = &symbols.methods[method];
        let is_it = |inner: &ClassId| {
            is_static_object(symbols, *inner) && symbols.classes[*inner].name == wanted.name
        };
        let found = symbols.classes[class].classes.iter().copied().find(is_it)?;
        wanted.params.is_empty().then_some(FuncKey::Object(found))
    }

    /// Whether the method is declared in `Any` or `AnyRef`.
    pub fn is_root_member(&self, method: MethodId) -> bool {
        let roots = self.program.types.roots();
        match self.symbols().methods[method].owner {
            Owner::Class(class) => {
                [roots.any_class, roots.any_ref_class, roots.any_val_class].contains(&class)
            }
            _ => false,
        }
    }

    /// What classes do that define nothing for one of the universal selectors.
    pub fn universal(&mut self, method: MethodId) -> Option<FuncKey> {
        let known = &self.program.known;
        let symbols = self.symbols();
        let is = |root: Option<MethodId>| {
            root == Some(method)
                || root.is_some_and(|root| symbols.methods[method].overrides.contains(&root))
        };
        let helper = if is(known.any_equals) {
            Helper::ObjectEquals
        } else if is(known.any_hash_code) {
            Helper::ObjectHash
        } else if is(known.any_to_string) {
            Helper::ObjectText
        } else {
            return None;
        };
        Some(FuncKey::Helper(helper))
    }

    /// Whether a function can stand in a class for a selector as it is.
    fn fits(&mut self, answer: FuncKey, class: ClassKey, selector: SelectorId) -> bool {
        let key = self.selectors.get_index(selector.as_u32() as usize).map(|(key, _)| *key);
        if matches!(key, Some(SelectorKey::Get(..) | SelectorKey::Set(..))) {
            return false;
        }
        let (params, result) = match answer {
            FuncKey::Method(method) => {
                if !self.has_this(method) || !self.is_plain_body(method) {
                    return false;
                }
                let sig = self.method_sig(method);
                (sig.types(), sig.result.ty())
            }
            FuncKey::Lambda(node) | FuncKey::LambdaTest(node) => {
                let sig = self.lambda_sig(node, matches!(answer, FuncKey::LambdaTest(_)));
                (sig.types(), sig.result.ty())
            }
            FuncKey::Helper(Helper::ObjectEquals | Helper::ValueEquals(_)) => {
                (vec![Type::Any, Type::Any], Some(Type::I32))
            }
            FuncKey::Helper(Helper::ObjectText) => {
                (vec![Type::Any], Some(Type::Ref(builtin::STRING)))
            }
            FuncKey::Helper(Helper::ObjectHash | Helper::ValueHash(_)) => {
                (vec![Type::Any], Some(Type::I32))
            }
            _ => return false,
        };
        let class = self.class(class);
        let wanted = &self.module.selectors[selector];
        params.len() == wanted.params.len()
            && params.iter().zip(&wanted.params).enumerate().all(|(at, (own, wanted))| {
                let from = if at == 0 { Type::Ref(class) } else { *wanted };
                self.module.is_assignable(from, *own)
            })
            && match (result, wanted.result) {
                (Some(own), Some(wanted)) => self.module.is_assignable(own, wanted),
                (own, wanted) => own == wanted,
            }
    }

    /// Whether the method has a function of its own; an intrinsic has none.
    fn is_plain_body(&self, method: MethodId) -> bool {
        !matches!(self.symbols().methods[method].implementation, Implementation::Intrinsic(_))
    }

    /// Whether the class keeps the instance around it.
    pub fn has_outer(&self, class: ClassId) -> bool {
        needs_outer(self.symbols(), class)
    }
}

/// The traits that a class mixes in and its superclass does not, in the order of their
/// initialisation.
pub fn mixed_in(symbols: &Symbols, class: ClassId) -> Vec<ClassId> {
    let inherited: &[ClassId] = match (symbols.classes[class].kind, superclass(symbols, class)) {
        (ClassKind::Trait, _) | (_, None) => &[],
        (_, Some(parent)) => &symbols.classes[parent].linearization,
    };
    let line = &symbols.classes[class].linearization;
    let traits = line.iter().skip(1).rev().copied().filter(|parent| {
        symbols.classes[*parent].kind == ClassKind::Trait && !inherited.contains(parent)
    });
    traits.collect()
}

/// Whether two methods are the same member in a class that has both.
fn are_related(symbols: &Symbols, a: MethodId, b: MethodId) -> bool {
    let (left, right) = (&symbols.methods[a].overrides, &symbols.methods[b].overrides);
    a == b
        || left.contains(&b)
        || right.contains(&a)
        // Two traits override the same member of a third one.
        || left.iter().any(|root| right.contains(root))
}

fn same_types(a: &Sig, b: &Sig) -> bool {
    let types =
        |sig: &Sig| -> Vec<Option<Type>> { sig.params.iter().map(|repr| repr.ty()).collect() };
    types(a) == types(b) && a.result.ty() == b.result.ty()
}

/// The index of the value in a cell of a local lazy value.
pub const LAZY_VALUE: u32 = 1;

/// The type in the cell of a local of this representation.
pub fn cell_type(repr: Repr) -> Type {
    repr.ty().map_or(Type::Any, plain_type)
}
