//! Reachability: which library bodies a program needs, by rapid type analysis.
//!
//! A virtual call reaches the implementations in classes that reachable code instantiates, and a
//! class that becomes instantiated answers all virtual calls seen so far. Bodies are typed when
//! they are reached, so the part of the library that a program does not use costs nothing.
//!
//! **Roots:** all bodies of user code (they must be checked anyway), and the library code that
//! `lower` calls without a node in the tree ([`SUPPORT`]). **Guarantees** that `instantiated` and
//! the order in which bodies are typed depend on the program alone.

use crate::known::Known;
use crate::symbols::{
    ClassId, ClassKind, Implementation, MethodId, MethodKind, Owner, Symbols, Synthetic,
};
use crate::typed::{Body, ConstructorCall, Dispatch, Expr, ExprKind, Message, Stmt, WorldOp};
use crate::types::{TyId, Types};
use crate::visit;
use fscc_base::{FastMap, FastSet, Idx, Name};
use std::collections::VecDeque;
use std::num::NonZeroU32;

/// Library code that `lower` calls without a node of the tree that says so: equality, text and
/// hash of unknown values, sequences of repeated arguments and sequence patterns, exceptions of
/// derived methods and traps. An empty name means all methods; methods of classes and traits are
/// called virtually.
pub const SUPPORT: &[(&str, &str)] = &[
    ("fvm.internal.AnyOps$", ""),
    ("fvm.internal.Traps$", ""),
    ("scala.collection.immutable.ArraySeq$", "unsafeWrapArray"),
    ("scala.collection.immutable.Seq", "length"),
    ("scala.collection.immutable.Seq", "lengthCompare"),
    ("scala.collection.immutable.Seq", "apply"),
    ("scala.collection.immutable.Seq", "drop"),
    ("scala.collection.immutable.Seq", "isEmpty"),
    ("scala.collection.immutable.Seq", "head"),
    ("scala.collection.immutable.Seq", "tail"),
    ("scala.Predef$", "assert"),
    ("java.lang.IllegalArgumentException", "<init>"),
    ("java.lang.IndexOutOfBoundsException", "<init>"),
    ("java.util.NoSuchElementException", "<init>"),
];

/// The package that holds the library's support of contracts.
const CONTRACT_SUPPORT: &str = "fvm.internal.";

/// The classes of that package that every contract needs.
const CONTRACT_CLASSES: &[&str] = &[
    "Codec",
    "Reader",
    "Writer",
    "Malformed$",
    "Surroundings$",
    "Addresses$",
    "Records$",
    "UnknownEvent",
    "UnknownProblem",
    "UnknownStory",
    "Worlds$",
    "Aborted",
];

/// What the ledger itself passes to a contract and takes from it; see [`Contracts::encoded`].
const ALWAYS_ENCODED: &[&str] =
    &["Unit", "Boolean", "Int", "Long", "String", "Bytes", "Amount", "Address", "Hash"];

/// What the exported functions of a suite call.
const SUITE_SUPPORT: (&str, [&str; 4]) =
    ("fvm.testing.ContractSuite", ["testCount", "testName", "testKind", "runTest"]);

/// What the analysis asks of the checker.
pub(crate) trait Supply {
    /// The symbols.
    fn symbols(&self) -> &Symbols;
    /// The types.
    fn types(&self) -> &Types;
    /// Library names.
    fn known(&self) -> &Known;
    /// The typed body of a method with a source; types it if that has not happened.
    fn body(&mut self, method: MethodId) -> Option<&Body>;
    /// Makes sure that members of a class and of its parents are known, with what they override.
    fn complete(&mut self, class: ClassId);
}

/// What contracts and suites need beside the methods and classes to begin with.
#[derive(Debug)]
pub(crate) struct Contracts {
    /// Names of the library classes whose values are encoded or decoded. The library's
    /// `NameCodec` is reached for those alone: some codecs bring in whole arithmetics.
    pub encoded: FastSet<Name>,
}

/// Types all reachable library bodies; gives the instantiated classes. `roots` are the methods
/// and classes to begin with.
pub(crate) fn reach(
    supply: &mut dyn Supply,
    roots: (&[MethodId], &[ClassId]),
    contracts: Option<&Contracts>,
) -> Vec<ClassId> {
    let mut reach = Reach::default();
    let known = supply.known().clone();
    for selector in [known.any_equals, known.any_hash_code, known.any_to_string] {
        selector.into_iter().for_each(|method| _ = reach.selectors.insert(method));
    }
    for root in roots.0 {
        reach.call(*root);
    }
    for root in roots.1 {
        reach.instantiate(supply, *root);
    }
    reach.support(supply, contracts);
    while let Some(method) = reach.work.pop_front() {
        reach.method(supply, method);
    }
    let is_class = |class: &ClassId| supply.symbols().classes[*class].kind != ClassKind::Trait;
    reach.instantiated.iter().copied().filter(is_class).collect()
}

impl Contracts {
    /// Whether code that `lower` makes for contracts may call this class of the library.
    fn need(&self, name: &str) -> bool {
        let Some(name) = name.strip_prefix(CONTRACT_SUPPORT) else { return false };
        let coded = name.strip_suffix('$').unwrap_or(name).strip_suffix("Codec");
        CONTRACT_CLASSES.contains(&name)
            || coded.is_some_and(|coded| {
                ALWAYS_ENCODED.contains(&coded) || self.encoded.contains(&Name::new(coded))
            })
    }
}

#[derive(Default)]
struct Reach {
    work: VecDeque<MethodId>,
    called: FastSet<MethodId>,
    /// Methods that are called virtually.
    selectors: Selectors,
    /// Traits with the methods that they call on `super`.
    supers: FastSet<(ClassId, MethodId)>,
    /// Those of each trait, as places in `supers`.
    supers_of: FastMap<ClassId, Vec<usize>>,
    /// Classes with instances; a trait stands for the lambdas of its type.
    instantiated: FastSet<ClassId>,
    /// Those of them that derive from a class, in the order in which they were instantiated.
    below: FastMap<ClassId, Vec<ClassId>>,
    /// How many methods of a class are known to `answers`.
    indexed: FastMap<ClassId, usize>,
    /// What the classes seen so far answer to each selector.
    answers: Answers,
    /// What the present body uses.
    uses: Uses,
}

/// A set of methods that remembers in which order they came. It is asked for every method of every
/// class, so it has an entry for each method instead of hashing.
#[derive(Default)]
struct Selectors {
    /// By method.
    places: Vec<Option<NonZeroU32>>,
    count: u32,
}

impl Selectors {
    /// Adds a method; whether it is new.
    fn insert(&mut self, method: MethodId) -> bool {
        let at = method.index();
        if self.places.len() <= at {
            self.places.resize(at + 1, None);
        }
        if self.places[at].is_some() {
            return false;
        }
        self.count += 1;
        self.places[at] = NonZeroU32::new(self.count);
        true
    }

    /// The number of a method, if it is there; numbers ascend as methods come.
    fn place(&self, method: MethodId) -> Option<NonZeroU32> {
        *self.places.get(method.index())?
    }
}

/// What classes answer to selectors: a list for each selector, all in one table.
#[derive(Default)]
struct Answers {
    /// The first and the last answer to each selector, by method.
    ends: Vec<Option<(u32, u32)>>,
    /// The class that answers, the method with which it does, and the next answer.
    all: Vec<(ClassId, MethodId, u32)>,
}

impl Answers {
    const NONE: u32 = u32::MAX;

    fn add(&mut self, selector: MethodId, class: ClassId, method: MethodId) {
        let place = self.all.len() as u32;
        self.all.push((class, method, Self::NONE));
        let at = selector.index();
        if self.ends.len() <= at {
            self.ends.resize(at + 1, None);
        }
        let ends = self.ends[at].get_or_insert((place, place));
        if ends.1 != place {
            self.all[ends.1 as usize].2 = place;
            ends.1 = place;
        }
    }

    /// The answers to a selector, in the order in which they were added.
    fn to(&self, selector: MethodId) -> impl Iterator<Item = (ClassId, MethodId)> {
        let ends = self.ends.get(selector.index()).copied().flatten();
        let mut next = ends.map_or(Self::NONE, |ends| ends.0);
        std::iter::from_fn(move || {
            let (class, method, after) = *self.all.get(next as usize)?;
            next = after;
            Some((class, method))
        })
    }
}

impl Reach {
    fn call(&mut self, method: MethodId) {
        if self.called.insert(method) {
            self.work.push_back(method);
        }
    }

    fn support(&mut self, supply: &mut dyn Supply, contracts: Option<&Contracts>) {
        let known = supply.known().clone();
        let built_in = [
            known.unit,
            known.boolean,
            known.byte,
            known.short,
            known.char,
            known.int,
            known.long,
            known.float,
            known.double,
            known.string,
            known.array,
        ];
        for class in built_in.into_iter().flatten() {
            self.instantiate(supply, class);
        }
        for (class, name) in SUPPORT {
            let Some(class) = known.class(class) else { continue };
            supply.complete(class);
            self.support_class(supply, class, name);
        }
        if let Some(contracts) = contracts {
            let (suite, names) = SUITE_SUPPORT;
            if let Some(suite) = known.class(suite) {
                supply.complete(suite);
                for name in names {
                    self.support_class(supply, suite, name);
                }
            }
            for (name, class) in &known.classes {
                if contracts.need(name) {
                    supply.complete(*class);
                    self.support_class(supply, *class, "");
                }
            }
        }
    }

    fn support_class(&mut self, supply: &mut dyn Supply, class: ClassId, name: &str) {
        let info = &supply.symbols().classes[class];
        let is_static = info.kind == ClassKind::Object;
        let has_instances = info.kind != ClassKind::Trait && !info.is_abstract;
        let methods: Vec<MethodId> = supply.symbols().classes[class]
            .linearization
            .iter()
            .flat_map(|ancestor| supply.symbols().classes[*ancestor].methods.iter().copied())
            .filter(|method| {
                let method = &supply.symbols().methods[*method];
                if name.is_empty() {
                    method.owner == Owner::Class(class)
                } else {
                    method.name.as_str() == name
                        && (name != "<init>" || method.owner == Owner::Class(class))
                }
            })
            .collect();
        if is_static || has_instances && (name.is_empty() || name == "<init>") {
            self.instantiate(supply, class);
        }
        for method in methods {
            if is_static || name == "<init>" {
                self.call(method);
            } else {
                self.call_virtual(supply, method);
            }
        }
    }

    fn instantiate(&mut self, supply: &mut dyn Supply, class: ClassId) {
        if !self.instantiated.insert(class) {
            return;
        }
        supply.complete(class);
        let symbols = supply.symbols();
        for ancestor in &symbols.classes[class].linearization {
            self.below.entry(*ancestor).or_default().push(class);
            self.index(symbols, *ancestor);
        }
        let mut answered: Vec<(NonZeroU32, MethodId)> = Vec::new();
        for ancestor in &symbols.classes[class].linearization {
            for method in &symbols.classes[*ancestor].methods {
                let info = &symbols.methods[*method];
                if info.implementation == Implementation::Abstract {
                    continue;
                }
                for selector in std::iter::once(method).chain(&info.overrides) {
                    if let Some(place) = self.selectors.place(*selector) {
                        answered.push((place, *method));
                    }
                }
            }
        }
        // Stable: of several methods for one selector that of the first ancestor remains.
        answered.sort_by_key(|(place, _)| *place);
        answered.dedup_by_key(|(place, _)| *place);
        for (_, method) in answered {
            self.call(method);
        }
        self.super_calls_of(supply, class);
        if let Some(constructor) = supply.symbols().classes[class].constructor {
            self.call(constructor);
        }
    }

    /// Notes what the methods of a class answer to.
    fn index(&mut self, symbols: &Symbols, class: ClassId) {
        let methods = &symbols.classes[class].methods;
        let known = self.indexed.insert(class, methods.len()).unwrap_or(0);
        for method in &methods[known.min(methods.len())..] {
            let info = &symbols.methods[*method];
            if info.implementation == Implementation::Abstract {
                continue;
            }
            for selector in std::iter::once(method).chain(&info.overrides) {
                self.answers.add(*selector, class, *method);
            }
        }
    }

    fn select(&mut self, supply: &dyn Supply, method: MethodId) {
        if !self.selectors.insert(method) {
            return;
        }
        if self.answers.to(method).next().is_none() {
            return;
        }
        let Owner::Class(owner) = supply.symbols().methods[method].owner else { return };
        // `Any` stands in no linearisation.
        let below = if owner == supply.types().roots().any_class {
            self.instantiated.iter().copied().collect()
        } else {
            self.below.get(&owner).cloned().unwrap_or_default()
        };
        let mut found: Vec<MethodId> = Vec::new();
        for class in &below {
            let bases = &supply.symbols().classes[*class].linearization;
            let answer =
                bases.iter().find_map(|base| self.answers.to(method).find(|(of, _)| of == base));
            found.extend(answer.map(|(_, method)| method));
        }
        found.into_iter().for_each(|method| self.call(method));
    }

    /// What traits call on `super`, for instances of a class.
    fn super_calls_of(&mut self, supply: &dyn Supply, class: ClassId) {
        let bases = &supply.symbols().classes[class].linearization;
        let mut places: Vec<usize> =
            bases.iter().filter_map(|base| self.supers_of.get(base)).flatten().copied().collect();
        places.sort_unstable();
        for place in places {
            let (of, method) = self.supers[place];
            self.super_call(supply, class, of, method);
        }
    }

    /// `super.method` in the trait `of`, for a receiver of this class.
    fn super_call(&mut self, supply: &dyn Supply, class: ClassId, of: ClassId, method: MethodId) {
        let symbols = supply.symbols();
        let after = symbols.classes[class].linearization.iter().skip_while(|c| **c != of).skip(1);
        for ancestor in after {
            let found = symbols.classes[*ancestor].methods.iter().copied().find(|candidate| {
                let info = &symbols.methods[*candidate];
                let is_it = *candidate == method
                    || info.overrides.contains(&method)
                    || symbols.methods[method].overrides.contains(candidate);
                is_it && info.implementation != Implementation::Abstract
            });
            if let Some(found) = found {
                self.call(found);
                return;
            }
        }
    }

    fn method(&mut self, supply: &mut dyn Supply, method: MethodId) {
        let info = &supply.symbols().methods[method];
        match info.implementation {
            Implementation::Abstract | Implementation::Intrinsic(_) => {}
            Implementation::Synthetic(kind) => self.synthetic(supply, method, kind),
            Implementation::Source => {
                let mut uses = std::mem::take(&mut self.uses);
                if let Some(body) = supply.body(method) {
                    uses.body(body);
                }
                self.uses(supply, &mut uses);
                self.uses = uses;
            }
        }
    }

    fn synthetic(&mut self, supply: &mut dyn Supply, method: MethodId, kind: Synthetic) {
        let Owner::Class(owner) = supply.symbols().methods[method].owner else { return };
        let info = &supply.symbols().classes[owner];
        match kind {
            Synthetic::CaseApply => {
                if let Some(class) = info.companion {
                    self.instantiate(supply, class);
                }
            }
            Synthetic::CaseCopy => self.instantiate(supply, owner),
            Synthetic::EnumValues | Synthetic::EnumValueOf | Synthetic::EnumFromOrdinal => {
                let Some(class) = info.companion else { return };
                for case in supply.symbols().classes[class].children.clone() {
                    if supply.symbols().classes[case].kind == ClassKind::Object {
                        self.instantiate(supply, case);
                    }
                }
            }
            Synthetic::CaseEquals
            | Synthetic::CaseHash
            | Synthetic::CaseText
            | Synthetic::EnumOrdinal
            | Synthetic::ProductArity
            | Synthetic::ProductElement
            | Synthetic::ProductPrefix => {}
        }
    }

    /// Follows what a body uses, and forgets it.
    fn uses(&mut self, supply: &mut dyn Supply, uses: &mut Uses) {
        for class in uses.classes.drain(..) {
            self.instantiate(supply, class);
        }
        for ty in uses.functions.drain(..) {
            if let Some(class) = supply.types().class_of(ty) {
                self.instantiate(supply, class);
            }
        }
        for method in uses.methods.drain(..) {
            self.call(method);
        }
        for method in uses.selectors.drain(..) {
            self.call_virtual(supply, method);
        }
        for (of, method) in uses.supers.drain(..) {
            let (place, is_new) = self.supers.insert_full((of, method));
            if is_new {
                self.supers_of.entry(of).or_default().push(place);
                for class in self.below.get(&of).cloned().unwrap_or_default() {
                    self.super_call(supply, class, of, method);
                }
            }
        }
    }

    fn call_virtual(&mut self, supply: &dyn Supply, method: MethodId) {
        let info = &supply.symbols().methods[method];
        if info.is_final || info.kind == MethodKind::Constructor {
            self.call(method);
        }
        self.select(supply, method);
    }
}

/// What a body uses, in order; the same may stand there several times.
#[derive(Default)]
struct Uses {
    classes: Vec<ClassId>,
    functions: Vec<TyId>,
    methods: Vec<MethodId>,
    selectors: Vec<MethodId>,
    supers: Vec<(ClassId, MethodId)>,
}

impl Uses {
    fn body(&mut self, body: &Body) {
        if let Body::Constructor(constructor) = body {
            for call in constructor.super_call.iter().chain(&constructor.traits) {
                self.constructor(call);
            }
            for stmt in &constructor.statements {
                self.stmt(stmt);
            }
        }
        visit::body(body, &mut |expr| self.expr(expr));
    }

    fn constructor(&mut self, call: &ConstructorCall) {
        self.methods.extend(call.constructor);
    }

    fn stmt(&mut self, stmt: &Stmt) {
        if let Stmt::Function(method) = stmt {
            self.methods.push(*method);
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Object(class) => {
                self.classes.push(*class);
            }
            ExprKind::New { class, constructor, .. } => {
                self.classes.push(*class);
                self.methods.push(*constructor);
            }
            ExprKind::Lambda { .. } => {
                self.functions.push(expr.ty);
            }
            ExprKind::Call { method, dispatch, .. } => match dispatch {
                Dispatch::Static => {
                    self.methods.push(*method);
                }
                Dispatch::Virtual => {
                    self.selectors.push(*method);
                }
                Dispatch::SuperOf(class) => {
                    self.supers.push((*class, *method));
                }
            },
            ExprKind::Block(stmts, _) => stmts.iter().for_each(|stmt| self.stmt(stmt)),
            ExprKind::Message(message) => match &**message {
                Message::Spawn { class, .. } => {
                    self.classes.push(*class);
                }
                Message::Invariant(method) => {
                    self.methods.push(*method);
                }
                _ => {}
            },
            ExprKind::World(operation) => {
                if let WorldOp::Deploy { class, .. } = &**operation {
                    self.classes.push(*class);
                }
            }
            _ => {}
        }
        visit::children(expr, &mut |child| self.expr(child));
    }
}
