//! From checked user code to a program: marks of the syntax, contract shape, reachable library
//! code. Matches are checked afterwards, when all types are final.
//!
//! The order matters: contract forms are rewritten before reachability, so that the library's
//! stubs of these forms are never needed.

use crate::checker::{Checker, LocalData, MethodSource, Status};
use crate::contract::{self, Marks, Roles, Subject};
use crate::known::Known;
use crate::reach::{self, Contracts, Supply};
use crate::symbols::{ClassId, ClassKind, MethodId, Symbols};
use crate::typed::{Body, Program};
use crate::types::Types;
use fscc_base::Diagnostic;

/// Library classes whose members the contract pass looks up by name.
const CONTRACT_CLASSES: &[&str] = &[
    "fvm.Contract",
    "fvm.Concludes",
    "fvm.Ref",
    "fvm.testing.ContractSuite",
    "fvm.testing.Deployed",
    "scala.Predef$",
];

impl Checker<'_> {
    /// Finishes the check after all bodies of user code are typed.
    pub(crate) fn finish(mut self) -> (Program, Vec<Diagnostic>) {
        let marks = self.read_marks();
        for class in CONTRACT_CLASSES {
            if let Some(class) = self.known.class(class) {
                self.complete(class);
            }
        }
        let roles = contract::shape(
            &mut Subject {
                symbols: &mut self.symbols,
                types: &self.types,
                known: &self.known,
                bodies: &mut self.bodies,
                found: &mut self.diagnostics,
            },
            &marks,
        );
        self.adopt();
        let has_errors = self.diagnostics.iter().any(Diagnostic::is_error);
        let mut instantiated = Vec::new();
        if !has_errors {
            let roots: Vec<MethodId> = self.bodies.keys().copied().collect();
            let mut classes = self.deployed_and_static(&roles);
            let mut contracts = None;
            if !roles.contracts.is_empty() || !roles.suites.is_empty() {
                let received = self.received();
                classes.extend(&received.made);
                let name = |class: &ClassId| self.symbols.classes[*class].name;
                contracts = Some(Contracts { encoded: received.all.iter().map(name).collect() });
            }
            instantiated = reach::reach(&mut self, (&roots, &classes), contracts.as_ref());
        }
        self.complete_case_classes();
        self.settle_diagnostics();
        let program = Program {
            symbols: self.symbols.into(),
            types: self.types,
            known: self.known,
            bodies: self.bodies.into(),
            instantiated,
            mains: self.mains,
            contracts: roles.contracts,
            suites: roles.suites,
            exported: Vec::new(),
            match_kinds: self.match_kinds.into(),
            allowances: self.allowances.into(),
        };
        (program, self.diagnostics)
    }

    /// Kinds and effect rows that are written on methods.
    fn read_marks(&mut self) -> Marks {
        let mut marks = Marks::default();
        for method in self.methods.indices() {
            let data = &self.methods[method];
            if data.is_library || data.signature != Status::Done {
                continue;
            }
            if let MethodSource::Def(def, modifiers) = data.source {
                marks.read(&mut self.symbols, method, def, modifiers, &mut self.diagnostics);
            }
        }
        marks
    }

    /// Fields of all case classes: the checks of matches look into values whose class no pattern
    /// names.
    fn complete_case_classes(&mut self) {
        for class in self.symbols.classes.indices() {
            if !self.symbols.classes[class].is_case {
                continue;
            }
            self.complete_members(class);
            for field in self.symbols.classes[class].case_fields.clone() {
                self.complete_field(field);
            }
        }
    }

    /// The classes of user code that have instances although no code says so: contracts, suites,
    /// and objects (one may hold the main method).
    fn deployed_and_static(&self, roles: &Roles) -> Vec<ClassId> {
        let objects = self
            .symbols
            .classes
            .iter_enumerated()
            .filter(|(_, class)| !class.is_library && class.kind == ClassKind::Object);
        let deployed = roles.contracts.iter().chain(&roles.suites).copied();
        deployed.chain(objects.map(|(class, _)| class)).collect()
    }

    /// Gives methods and locals that the contract pass has made up their place in the checker.
    fn adopt(&mut self) {
        while self.locals.len() < self.symbols.locals.len() {
            self.locals.push(LocalData { frame: 0, is_given: false });
        }
        while self.methods.len() < self.symbols.methods.len() {
            let data = self.made_up_method();
            self.methods.push(data);
        }
    }
}

impl Supply for Checker<'_> {
    fn symbols(&self) -> &Symbols {
        &self.symbols
    }

    fn types(&self) -> &Types {
        &self.types
    }

    fn known(&self) -> &Known {
        &self.known
    }

    fn body(&mut self, method: MethodId) -> Option<&Body> {
        if !self.bodies.contains_key(&method) {
            self.check_body(method);
        }
        self.bodies.get(&method)
    }

    fn complete(&mut self, class: ClassId) {
        // With a class its bases are complete.
        if self.completed.contains(&class) {
            return;
        }
        for class in self.symbols.classes[class].linearization.clone() {
            if !self.completed.insert(class) {
                continue;
            }
            self.complete_members(class);
            self.complete_overrides(class);
            for method in self.symbols.classes[class].methods.clone() {
                self.signature(method);
            }
        }
    }
}
