//! Inference of effect rows, bottom-up over the call graph.
//!
//! **Method.** Rows only grow by union, so the least fixed point per strongly connected component,
//! components in call order, gives every signature. A function-typed parameter that a method calls
//! (or passes to one that calls it) stays symbolic in its signature and is replaced by the
//! argument's effects at each call.
//!
//! **Function values that leak** (stored, returned, captured by a class) are charged twice over:
//! user code that calls an unknown function gets the effects of all leaked functions of that
//! shape; library code that keeps a function parameter for later counts as calling it, so its
//! caller is charged at once. Together no effect of a message escapes its entry: a function value
//! lives no longer than the message that made it.
//!
//! **Virtual calls** take the union over all reachable overriding methods.

use super::facts::{self, Args, Fact, Facts, Flow, Origin, Source, Unit, UnitId};
use super::signature::{Atom, Signature, Witness};
use crate::symbols::{ClassId, LocalId, MethodId, Owner, Symbols};
use crate::typed::Program;
use fscc_base::{FastMap, FastSet, Idx, IndexVec, Span};
use petgraph::graph::{DiGraph, NodeIndex};
use smallvec::{SmallVec, smallvec};

/// The most parameters that a function type has.
const MAX_ARITY: u8 = 32;
const _: () = assert!(MAX_ARITY as usize == crate::known::ARITY_MAX);

/// Signatures of all methods that have a body, and the ways by which effects arrive.
#[derive(Debug, Default)]
pub struct EffectTable {
    methods: FastMap<MethodId, UnitId>,
    pools: Vec<UnitId>,
    units: IndexVec<UnitId, UnitInfo>,
    signatures: IndexVec<UnitId, Signature>,
}

#[derive(Debug)]
struct UnitInfo {
    origin: Origin,
    is_library: bool,
    span: Span,
}

/// One step of the way by which an effect arrives.
#[derive(Clone, Debug)]
pub struct Step {
    /// The call or the primitive.
    pub span: Span,
    /// The body that is entered here; none at the primitive and at a lambda.
    pub method: Option<MethodId>,
    /// The word for a primitive that is not a field.
    pub word: &'static str,
}

impl EffectTable {
    /// The signature of a method; none if it has no typed body.
    pub fn signature(&self, method: MethodId) -> Option<&Signature> {
        self.methods.get(&method).map(|unit| &self.signatures[*unit])
    }

    /// The row of a method; pure if it has no typed body.
    pub fn row(&self, method: MethodId) -> super::Row {
        self.signature(method).map(Signature::row).unwrap_or_default()
    }

    /// The methods with a signature, in the order of their bodies.
    pub fn methods(&self) -> impl Iterator<Item = MethodId> {
        self.methods.keys().copied()
    }

    /// What a function value of unknown origin may do.
    pub fn leaked_row(&self) -> super::Row {
        let rows = self.pools.iter().map(|pool| self.signatures[*pool].row());
        rows.fold(super::Row::PURE, |all, row| all | row)
    }

    /// Whether any body or lambda has an effect of which this is true.
    pub(super) fn has_any(&self, is_it: impl Fn(Atom) -> bool) -> bool {
        self.signatures.iter().flat_map(|signature| signature.atoms.keys()).any(|atom| is_it(*atom))
    }

    /// The signature of the lambda that is written at `span`.
    pub fn lambda_at(&self, span: Span) -> Option<&Signature> {
        let is_it =
            |info: &UnitInfo| info.span == span && matches!(info.origin, Origin::Lambda { .. });
        self.units.iter_enumerated().find(|(_, info)| is_it(info)).map(|(u, _)| &self.signatures[u])
    }

    /// The way from a method to the primitive behind an atom: each step lies in the body that the
    /// step before entered. It ends where the library begins.
    pub fn path(&self, method: MethodId, atom: Atom) -> Vec<Step> {
        let mut steps = Vec::new();
        let Some(mut unit) = self.methods.get(&method).copied() else { return steps };
        while let Some(witness) = self.signatures[unit].atoms.get(&atom) {
            let entered = witness.via.map(|via| &self.units[via]);
            let method = match entered.map(|info| info.origin) {
                Some(Origin::Method(method)) => Some(method),
                _ => None,
            };
            steps.push(Step { span: witness.span, method, word: witness.word });
            match (witness.via, entered) {
                // Hops shrink along the way, so that it ends.
                (Some(via), Some(info)) if !info.is_library => unit = via,
                _ => break,
            }
        }
        steps
    }
}

/// Infers the effects of all bodies. `arity` gives the number of parameters of a
/// local's type if that is a function type.
pub(super) fn infer(program: &Program, arity: &dyn Fn(LocalId) -> Option<u8>) -> EffectTable {
    let mut facts = facts::collect(program);
    let pools = (0..=MAX_ARITY).map(|arity| facts.units.push(Unit::pool(arity))).collect();
    let mut inference = Inference {
        symbols: &program.symbols,
        overriders: overriders(program),
        signatures: IndexVec::from_elem(Signature::default(), facts.units.len()),
        leaked_locals: FastSet::default(),
        leaked_lambdas: FastSet::default(),
        exposed: FastSet::default(),
        homes: homes(&program.symbols, &facts),
        facts: &facts,
        arity,
        pools,
        single: FastMap::default(),
        members: vec![Vec::new(); usize::from(MAX_ARITY) + 1],
    };
    inference.find_leaks();
    inference.keep_for_later();
    inference.fill_pools();
    for component in inference.components() {
        inference.solve(&component);
    }
    let (signatures, pools) = (inference.signatures, inference.pools);
    let info = |unit: &Unit| UnitInfo {
        origin: unit.origin,
        is_library: unit.is_library,
        span: unit.span,
    };
    EffectTable {
        units: facts.units.iter().map(info).collect(),
        methods: facts.of_method.clone(),
        pools,
        signatures,
    }
}

/// The reachable methods that override each method.
fn overriders(program: &Program) -> FastMap<MethodId, Vec<MethodId>> {
    let mut overriders: FastMap<MethodId, Vec<MethodId>> = FastMap::default();
    for method in program.bodies.keys() {
        for overridden in &program.symbols.methods[*method].overrides {
            overriders.entry(*overridden).or_default().push(*method);
        }
    }
    overriders
}

/// For each unit the methods whose parameters it may use directly: its own and those of the
/// methods around it, up to the next class.
fn homes(symbols: &Symbols, facts: &Facts) -> IndexVec<UnitId, Home> {
    let mut homes: IndexVec<UnitId, Home> = IndexVec::new();
    for unit in facts.units.iter() {
        let home = match unit.origin {
            // A lambda has a larger number than the unit that it is written in.
            Origin::Lambda { parent, .. } => homes[parent].clone(),
            Origin::Pool(_) => Home::new(),
            Origin::Method(method) => {
                let mut around: Home = smallvec![method];
                let mut owner = symbols.methods[method].owner;
                while let Owner::Method(outer) = owner {
                    around.push(outer);
                    owner = symbols.methods[outer].owner;
                }
                around
            }
        };
        homes.push(home);
    }
    homes
}

/// A method and those around it; a method that may be called, and those that override it.
type Home = SmallVec<[MethodId; 2]>;
type Targets = SmallVec<[UnitId; 4]>;

/// What a flow comes down to.
#[derive(Default)]
struct Resolved {
    lambdas: FastSet<UnitId>,
    params: FastSet<LocalId>,
    unknown: bool,
}

/// The work list of the search for leaks, with what it needs to look up.
#[derive(Default)]
struct Leaks {
    work: Vec<Leak>,
    /// Where each unit is called: unit and number of the fact.
    callers: FastMap<UnitId, Vec<(UnitId, usize)>>,
    /// The lambdas that are written directly in each unit.
    lambdas: FastMap<UnitId, Vec<UnitId>>,
}

enum Leak {
    Source(Source),
    Exposed(UnitId),
}

impl Leaks {
    fn flow(&mut self, flow: &[Source]) {
        self.work.extend(flow.iter().copied().map(Leak::Source));
    }

    /// Only what comes from outside of the unit.
    fn locals(&mut self, flow: &[Source]) {
        let is_local = |source: &&Source| matches!(source, Source::Local(_));
        self.work.extend(flow.iter().filter(is_local).copied().map(Leak::Source));
    }
}

struct Inference<'a> {
    symbols: &'a Symbols,
    arity: &'a dyn Fn(LocalId) -> Option<u8>,
    /// For each arity the unit that stands for all leaked functions of that shape.
    pools: Vec<UnitId>,
    /// What the pools stand for.
    members: Vec<Vec<UnitId>>,
    /// Leaked lambdas of other types than function types, by the method that they implement.
    single: FastMap<MethodId, Vec<UnitId>>,
    facts: &'a Facts,
    overriders: FastMap<MethodId, Vec<MethodId>>,
    homes: IndexVec<UnitId, Home>,
    signatures: IndexVec<UnitId, Signature>,
    leaked_locals: FastSet<LocalId>,
    leaked_lambdas: FastSet<UnitId>,
    /// Units that may be called from anywhere: what they use of their surroundings leaks.
    exposed: FastSet<UnitId>,
}

impl Inference<'_> {
    fn targets(&self, method: MethodId, is_virtual: bool) -> Targets {
        let mut targets: Targets = self.facts.of_method.get(&method).copied().into_iter().collect();
        if is_virtual && let Some(overriders) = self.overriders.get(&method) {
            targets.extend(overriders.iter().map(|overrider| self.facts.of_method[overrider]));
        }
        targets
    }

    fn params(&self, unit: UnitId) -> &[LocalId] {
        match self.facts.units[unit].origin {
            Origin::Method(method) => &self.symbols.methods[method].params,
            Origin::Lambda { .. } | Origin::Pool(_) => &[],
        }
    }

    // ── leaks ──────────────────────────────────────────────────────────────────────────────────

    /// Follows what leaks from where it leaves to where it was made.
    fn find_leaks(&mut self) {
        let mut leaks = Leaks::default();
        for (unit, info) in self.facts.units.iter_enumerated() {
            match info.origin {
                Origin::Lambda { parent, .. } => {
                    leaks.lambdas.entry(parent).or_default().push(unit);
                }
                Origin::Method(method) => {
                    if let Owner::Class(class) = self.symbols.methods[method].owner
                        && self.is_local(class)
                    {
                        leaks.work.push(Leak::Exposed(unit));
                    }
                }
                Origin::Pool(_) => {}
            }
            for (number, fact) in info.facts.iter().enumerate() {
                match fact {
                    Fact::Leak(flow) => leaks.flow(flow),
                    Fact::Call { method, is_virtual, args, .. } => {
                        let targets = self.targets(*method, *is_virtual);
                        if targets.is_empty() {
                            args.known().for_each(|flow| leaks.flow(flow));
                            continue;
                        }
                        // Only a function that is passed on can leak from the other side.
                        if args.known().next().is_none() {
                            continue;
                        }
                        for target in targets {
                            leaks.callers.entry(target).or_default().push((unit, number));
                        }
                    }
                    Fact::Atom(..) | Fact::Invoke { .. } => {}
                }
            }
        }
        while let Some(leak) = leaks.work.pop() {
            match leak {
                Leak::Source(Source::Unknown) => {}
                Leak::Source(Source::Lambda(lambda)) => {
                    if self.leaked_lambdas.insert(lambda) {
                        leaks.work.push(Leak::Exposed(lambda));
                    }
                }
                Leak::Source(Source::Local(local)) => self.leak_local(local, &mut leaks),
                Leak::Exposed(unit) => self.expose(unit, &mut leaks),
            }
        }
        // The order in which leaks are found is an accident of the walk.
        self.leaked_lambdas.sort();
        self.leaked_locals.sort();
    }

    fn leak_local(&mut self, local: LocalId, leaks: &mut Leaks) {
        if !self.leaked_locals.insert(local) {
            return;
        }
        if let Some(flow) = self.facts.locals.get(&local) {
            leaks.flow(flow);
        }
        let Some(method) = self.facts.parameter_of[local] else { return };
        let Some(unit) = self.facts.of_method.get(&method) else { return };
        let position = self.params(*unit).iter().position(|param| *param == local);
        let callers = leaks.callers.get(unit).cloned().unwrap_or_default();
        for (caller, fact) in callers {
            if let Fact::Call { args, .. } = &self.facts.units[caller].facts[fact]
                && let Some(flow) = position.and_then(|position| args.get(position))
            {
                leaks.flow(flow);
            }
        }
    }

    /// A unit that may be called from anywhere: what it uses of its surroundings leaks.
    fn expose(&mut self, unit: UnitId, leaks: &mut Leaks) {
        if !self.exposed.insert(unit) {
            return;
        }
        let nested = leaks.lambdas.get(&unit).cloned().unwrap_or_default();
        leaks.work.extend(nested.into_iter().map(Leak::Exposed));
        for fact in &self.facts.units[unit].facts {
            match fact {
                Fact::Atom(..) | Fact::Leak(_) => {}
                Fact::Invoke { flow, .. } => leaks.locals(flow),
                Fact::Call { method, is_virtual, args, .. } => {
                    args.known().for_each(|flow| leaks.locals(flow));
                    if matches!(self.symbols.methods[*method].owner, Owner::Method(_)) {
                        let targets = self.targets(*method, *is_virtual);
                        leaks.work.extend(targets.into_iter().map(Leak::Exposed));
                    }
                }
            }
        }
    }

    fn is_local(&self, class: ClassId) -> bool {
        let mut owner = self.symbols.classes[class].owner;
        loop {
            match owner {
                Owner::Package => return false,
                Owner::Method(_) => return true,
                Owner::Class(outer) => owner = self.symbols.classes[outer].owner,
            }
        }
    }

    /// Library methods count as calling the function parameters that they let go.
    fn keep_for_later(&mut self) {
        for local in &self.leaked_locals {
            let Some(method) = self.facts.parameter_of[*local] else { continue };
            let Some(unit) = self.facts.of_method.get(&method) else { continue };
            if self.facts.units[*unit].is_library && (self.arity)(*local).is_some() {
                let span = self.symbols.methods[method].span;
                self.signatures[*unit].calls.insert(*local, span);
            }
        }
    }

    // ── the fixed point ────────────────────────────────────────────────────────────────────────

    /// Strongly connected components, callees first.
    fn components(&self) -> Vec<Vec<UnitId>> {
        let mut graph: DiGraph<UnitId, ()> = DiGraph::new();
        for unit in self.facts.units.indices() {
            graph.add_node(unit);
        }
        let node = |unit: UnitId| NodeIndex::new(unit.index());
        // The last unit with an edge to each one: edges are added unit by unit.
        let mut last = IndexVec::from_elem(None, self.facts.units.len());
        let mut callees = Vec::new();
        for (unit, info) in self.facts.units.iter_enumerated() {
            match info.origin {
                Origin::Pool(arity) => callees.extend(&self.members[usize::from(arity)]),
                Origin::Lambda { parent, .. } if last[unit] != Some(parent) => {
                    graph.add_edge(node(parent), node(unit), ());
                }
                Origin::Lambda { .. } | Origin::Method(_) => {}
            }
            for fact in &info.facts {
                self.callees(unit, fact, &mut callees);
            }
            for callee in callees.drain(..) {
                if last[callee] != Some(unit) {
                    last[callee] = Some(unit);
                    graph.add_edge(node(unit), node(callee), ());
                }
            }
        }
        // Kosaraju's algorithm, because it does not recurse: call chains are as long as one likes.
        let mut components: Vec<Vec<UnitId>> = petgraph::algo::kosaraju_scc(&graph)
            .into_iter()
            .map(|component| component.into_iter().map(|node| graph[node]).collect())
            .collect();
        components.iter_mut().for_each(|component| component.sort());
        components
    }

    fn callees(&self, unit: UnitId, fact: &Fact, callees: &mut Vec<UnitId>) {
        match fact {
            Fact::Atom(..) | Fact::Leak(_) => {}
            Fact::Invoke { flow, method, .. } => {
                let resolved = self.resolve(unit, flow);
                callees.extend(resolved.lambdas);
                if resolved.unknown {
                    callees.extend(self.unknown(unit, *method));
                }
            }
            Fact::Call { method, is_virtual, args, .. } => {
                let targets = self.targets_with_lambdas(*method, *is_virtual);
                callees.extend(&targets);
                for (position, flow) in args.all().enumerate() {
                    let resolved = self.resolve(unit, flow);
                    callees.extend(resolved.lambdas);
                    if resolved.unknown {
                        let params = targets.iter().filter_map(|t| self.params(*t).get(position));
                        callees.extend(params.filter_map(|param| self.pool_of(unit, *param)));
                    }
                }
            }
        }
    }

    /// What user code reaches that calls an unknown function through `method`.
    fn unknown(&self, unit: UnitId, method: MethodId) -> Targets {
        if self.facts.units[unit].is_library {
            return Targets::new();
        }
        let mut units = self.targets(method, true);
        units.extend(self.arity_of(method).map(|arity| self.pools[usize::from(arity)]));
        units
    }

    /// What user code reaches that passes an unknown function to `param`, which is called.
    fn pool_of(&self, unit: UnitId, param: LocalId) -> Option<UnitId> {
        if self.facts.units[unit].is_library {
            return None;
        }
        (self.arity)(param).map(|arity| self.pools[usize::from(arity.min(MAX_ARITY))])
    }

    fn resolve(&self, unit: UnitId, flow: &[Source]) -> Resolved {
        let mut resolved = Resolved { unknown: flow.is_empty(), ..Resolved::default() };
        let mut seen: FastSet<LocalId> = FastSet::default();
        let mut work: Flow = flow.into();
        while let Some(source) = work.pop() {
            match source {
                Source::Unknown => resolved.unknown = true,
                Source::Lambda(lambda) => {
                    resolved.lambdas.insert(lambda);
                }
                Source::Local(local) if !seen.insert(local) => {}
                Source::Local(local) => {
                    if let Some(method) = self.facts.parameter_of[local] {
                        if self.homes[unit].contains(&method) {
                            resolved.params.insert(local);
                        } else {
                            resolved.unknown = true;
                        }
                    } else if let Some(flow) = self.facts.locals.get(&local) {
                        work.extend(flow.iter().copied());
                        resolved.unknown |= flow.is_empty();
                    } else {
                        resolved.unknown = true;
                    }
                }
            }
        }
        resolved
    }

    /// Puts every leaked lambda into the pool of its shape.
    fn fill_pools(&mut self) {
        for lambda in &self.leaked_lambdas {
            let Origin::Lambda { method, .. } = self.facts.units[*lambda].origin else { continue };
            match self.arity_of(method) {
                Some(arity) => self.members[usize::from(arity)].push(*lambda),
                None => self.single.entry(method).or_default().push(*lambda),
            }
        }
    }

    fn targets_with_lambdas(&self, method: MethodId, is_virtual: bool) -> Targets {
        let mut targets = self.targets(method, is_virtual);
        if is_virtual {
            targets.extend(self.single_method_lambdas(method).iter().copied());
        }
        targets
    }

    /// The number of parameters of the function type that a method belongs to.
    fn arity_of(&self, method: MethodId) -> Option<u8> {
        let Owner::Class(owner) = self.symbols.methods[method].owner else { return None };
        match self.symbols.classes[owner].full_name.as_str() {
            "scala.PartialFunction" => Some(1),
            name => {
                let arity = name.strip_prefix("scala.Function")?.parse().ok();
                arity.filter(|arity| *arity <= MAX_ARITY)
            }
        }
    }

    /// Lambdas that implement this single abstract method of a type other than a function type.
    fn single_method_lambdas(&self, method: MethodId) -> &[UnitId] {
        self.single.get(&method).map_or(&[], Vec::as_slice)
    }

    fn solve(&mut self, component: &[UnitId]) {
        loop {
            let mut changed = false;
            for unit in component {
                changed |= self.step(*unit);
            }
            if !changed {
                return;
            }
        }
    }

    fn step(&mut self, unit: UnitId) -> bool {
        let facts = self.facts;
        let mut changed = false;
        if let Origin::Pool(arity) = facts.units[unit].origin {
            for member in self.members[usize::from(arity)].clone() {
                changed |= self.include(unit, member, facts.units[member].span);
            }
        }
        for fact in &facts.units[unit].facts {
            match fact {
                Fact::Leak(_) => {}
                Fact::Atom(atom, word, span) => {
                    let witness = Witness { span: *span, word, via: None, hops: 0 };
                    changed |= self.signatures[unit].add(*atom, witness);
                }
                Fact::Invoke { flow, method, span } => {
                    changed |= self.apply(unit, flow, *span);
                    if self.resolve(unit, flow).unknown {
                        for target in self.unknown(unit, *method) {
                            changed |= self.include(unit, target, *span);
                        }
                    }
                }
                Fact::Call { method, is_virtual, args, span } => {
                    changed |= self.call(unit, *method, *is_virtual, args, *span);
                }
            }
        }
        changed
    }

    fn call(
        &mut self,
        unit: UnitId,
        method: MethodId,
        is_virtual: bool,
        args: &Args,
        span: Span,
    ) -> bool {
        let mut changed = false;
        for target in self.targets_with_lambdas(method, is_virtual) {
            changed |= self.include(unit, target, span);
            let calls: Vec<LocalId> = self.signatures[target].calls.keys().copied().collect();
            for called in calls {
                let Some(position) = self.params(target).iter().position(|param| *param == called)
                else {
                    // A parameter of a method around this local function.
                    changed |= self.calls(unit, called, span);
                    continue;
                };
                let Some(flow) = args.get(position) else { continue };
                changed |= self.apply(unit, flow, span);
                if self.resolve(unit, flow).unknown
                    && let Some(pool) = self.pool_of(unit, called)
                {
                    changed |= self.include(unit, pool, span);
                }
            }
        }
        changed
    }

    /// The effects of calling function values, as far as they are known.
    fn apply(&mut self, unit: UnitId, flow: &[Source], span: Span) -> bool {
        let resolved = self.resolve(unit, flow);
        let mut changed = false;
        for lambda in resolved.lambdas {
            let at = self.facts.units[lambda].span;
            changed |= self.include(unit, lambda, at);
            let calls: Vec<LocalId> = self.signatures[lambda].calls.keys().copied().collect();
            for called in calls {
                changed |= self.calls(unit, called, span);
            }
        }
        for param in resolved.params {
            changed |= self.calls(unit, param, span);
        }
        changed
    }

    fn calls(&mut self, unit: UnitId, param: LocalId, span: Span) -> bool {
        let owner = self.facts.parameter_of[param];
        if !owner.is_some_and(|method| self.homes[unit].contains(&method)) {
            return false;
        }
        let calls = &mut self.signatures[unit].calls;
        let is_new = !calls.contains_key(&param);
        if is_new {
            calls.insert(param, span);
        }
        is_new
    }

    /// Adds the atoms of `callee` to `unit`.
    fn include(&mut self, unit: UnitId, callee: UnitId, span: Span) -> bool {
        if unit == callee {
            return false;
        }
        let atoms = &self.signatures[callee].atoms;
        if atoms.is_empty() {
            return false;
        }
        let atoms: Vec<(Atom, u32)> =
            atoms.iter().map(|(atom, witness)| (*atom, witness.hops)).collect();
        let mut changed = false;
        for (atom, hops) in atoms {
            let witness = Witness { span, word: "", via: Some(callee), hops: hops + 1 };
            changed |= self.signatures[unit].add(atom, witness);
        }
        changed
    }
}
