//! Selectors, and which function answers which selector in which class.
//!
//! Every class of which reachable code makes instances gets a method for every selector that
//! reachable code calls, and nothing else.
//!
//! Guarantees: a selector names one erased signature; a method whose own erased signature does not
//! fit is called through a bridge.

use super::{ClassKey, SelectorKey, is_static_object};
use crate::closures::LambdaPart;
use crate::context::{FuncKey, Helper, Lowering, Sig};
use crate::repr::Repr;
use fscc_base::{FastMap, Idx};
use fscc_ir::module::Selector;
use fscc_ir::{ClassId as IrClass, SelectorId, Type, builtin};
use fscc_sema::symbols::{ClassId, Implementation, MethodId, Owner};

/// Which classes and selectors concern each other, so that not every class is asked about every
/// selector.
#[derive(Default)]
pub struct SelectorIndex {
    /// For each class the places of the instantiated classes below it, itself included.
    below: FastMap<ClassId, Vec<usize>>,
    /// Places of instantiated classes that have no class in the source.
    unrelated: Vec<usize>,
    /// For each class the places of the selectors by which its methods are called.
    called: FastMap<ClassId, Vec<usize>>,
    /// Places of selectors that stand for no method.
    members: Vec<usize>,
}

impl Lowering<'_> {
    /// The selector of a method: that of the oldest method it overrides with the same erased
    /// signature.
    pub fn method_selector(&mut self, method: MethodId) -> SelectorId {
        let canonical = self.canonical(method);
        let key = SelectorKey::Method(canonical);
        let selector = self.selector(key);
        if self.called.entry(selector).or_default().insert(method) {
            let owner = match self.symbols().methods[method].owner {
                Owner::Class(owner) => Some(owner),
                _ => None,
            };
            if let Some(owner) = owner {
                self.index.called.entry(owner).or_default().push(selector.index());
            }
            for index in self.instances_below(owner) {
                let class = self.instantiated[index];
                self.answer(class, key, selector);
            }
        }
        selector
    }

    /// Places of the instantiated classes that may answer calls of a method of this class: what
    /// derives from it, and what has no class in the source.
    fn instances_below(&self, owner: Option<ClassId>) -> Vec<usize> {
        let roots = self.program.types.roots();
        if owner.is_some_and(|owner| owner == roots.any_class || owner == roots.any_ref_class) {
            return (0..self.instantiated.len()).collect();
        }
        let below = owner.and_then(|owner| self.index.below.get(&owner));
        let mut places = below.cloned().unwrap_or_default();
        places.extend(&self.index.unrelated);
        places.sort_unstable();
        places
    }

    /// Places of the selectors that an instance of this class may answer.
    fn selectors_above(&self, base: Option<ClassId>) -> Vec<usize> {
        let Some(base) = base else { return (0..self.selectors.len()).collect() };
        let roots = self.program.types.roots();
        let line = self.symbols().classes[base].linearization.iter().copied();
        let owners = line.chain([roots.any_class, roots.any_ref_class]);
        let mut places: Vec<usize> =
            owners.filter_map(|owner| self.index.called.get(&owner)).flatten().copied().collect();
        places.extend(&self.index.members);
        places.sort_unstable();
        places.dedup();
        places
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
        let places = match key {
            // No call is known yet: see `method_selector`.
            SelectorKey::Method(_) => self.index.unrelated.clone(),
            SelectorKey::Get(..) | SelectorKey::Set(..) | SelectorKey::Super(..) => {
                self.index.members.push(id.index());
                (0..self.instantiated.len()).collect()
            }
        };
        for index in places {
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
                (name, owner, sig(own.params.clone(), own.result))
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
                (name, owner, sig(own.params.clone(), own.result))
            }
        }
    }

    /// Reachable code makes instances of the class.
    pub fn instantiate(&mut self, key: ClassKey) -> IrClass {
        let class = self.class(key);
        let (place, is_new) = self.instantiated.insert_full(key);
        if is_new {
            let base = match key {
                ClassKey::Source(class) => Some(class),
                ClassKey::Lambda(node) => self.lambda_base(node).map(|(base, _)| base),
                _ => None,
            };
            match base {
                Some(base) => {
                    for ancestor in &self.program.symbols.classes[base].linearization {
                        self.index.below.entry(*ancestor).or_default().push(place);
                    }
                }
                None => self.index.unrelated.push(place),
            }
            for index in self.selectors_above(base) {
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
            FuncKey::Lambda(node) | FuncKey::LambdaTest(node) | FuncKey::LambdaOrElse(node) => {
                let sig = self.lambda_sig(node, LambdaPart::of(answer));
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
}

fn same_types(a: &Sig, b: &Sig) -> bool {
    let types =
        |sig: &Sig| -> Vec<Option<Type>> { sig.params.iter().map(|repr| repr.ty()).collect() };
    types(a) == types(b) && a.result.ty() == b.result.ty()
}
