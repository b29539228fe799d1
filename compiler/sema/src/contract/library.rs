//! The names of the package `fvm` that this pass knows.

use crate::known::Known;
use crate::symbols::{ClassId, ClassKind, ContractRole, MethodId, Symbols};
use fscc_base::FastMap;

/// A library method that is more than a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// `pay(to, amount)(delivered, bounced)`.
    Pay,
    /// `ref.send(call, value)(bounced)`.
    Send,
    /// `ref.ask(call, value)(reply, bounced)`.
    Ask,
    /// `schedule(at)(call)`.
    Schedule,
    /// `spawn(value)(make)(bounced)`.
    Spawn,
    /// `emit(event)`.
    Emit,
    /// `story(record)`.
    Story,
    /// `conclude(outcome)`.
    Conclude,
    /// `abort(problem)`.
    Abort,
    /// `invariant(condition)`.
    Invariant,
    /// `old(value)`.
    Old,
    /// `require(condition, problem)`.
    Require,
    /// `value.ensuring(condition)`.
    Ensuring,
    /// `deploy(make)` of a suite.
    Deploy,
    /// `deployed.call(from, value)(entry)`.
    Call,
    /// `deployed.query(view)`.
    Query,
}

/// Where the forms are declared: class, method, form.
const FORMS: &[(&str, &str, Form)] = &[
    ("fvm.Contract", "pay", Form::Pay),
    ("fvm.Contract", "schedule", Form::Schedule),
    ("fvm.Contract", "spawn", Form::Spawn),
    ("fvm.Contract", "emit", Form::Emit),
    ("fvm.Contract", "story", Form::Story),
    ("fvm.Contract", "abort", Form::Abort),
    ("fvm.Contract", "invariant", Form::Invariant),
    ("fvm.Contract", "old", Form::Old),
    ("fvm.Concludes", "conclude", Form::Conclude),
    ("fvm.Ref", "send", Form::Send),
    ("fvm.Ref", "ask", Form::Ask),
    ("scala.Predef$", "require", Form::Require),
    ("scala.Predef$", "ensuring", Form::Ensuring),
    ("scala.Predef$.Ensuring", "ensuring", Form::Ensuring),
    ("fvm.testing.ContractSuite", "deploy", Form::Deploy),
    ("fvm.testing.Deployed", "call", Form::Call),
    ("fvm.testing.Deployed", "query", Form::Query),
];

/// The classes and methods of the library that the pass knows.
#[derive(Debug)]
pub(super) struct Library {
    pub contract: ClassId,
    pub suite: Option<ClassId>,
    pub event: Option<ClassId>,
    pub problem: Option<ClassId>,
    pub story: Option<ClassId>,
    pub map: Option<ClassId>,
    pub set: Option<ClassId>,
    forms: FastMap<MethodId, Form>,
}

impl Library {
    /// The names, if the library has contracts at all.
    pub fn new(symbols: &Symbols, known: &Known) -> Option<Library> {
        let mut forms = FastMap::default();
        for (class, name, form) in FORMS {
            let Some(class) = known.class(class) else { continue };
            for method in &symbols.classes[class].methods {
                if symbols.methods[*method].name.as_str() == *name {
                    forms.insert(*method, *form);
                }
            }
        }
        Some(Library {
            contract: known.class("fvm.Contract")?,
            suite: known.class("fvm.testing.ContractSuite"),
            event: known.class("fvm.Event"),
            problem: known.class("fvm.Problem"),
            story: known.class("fvm.Story"),
            map: known.class("scala.collection.immutable.Map"),
            set: known.class("scala.collection.immutable.Set"),
            forms,
        })
    }

    /// The form that a method is.
    pub fn form(&self, method: MethodId) -> Option<Form> {
        self.forms.get(&method).copied()
    }

    /// The role of a class.
    pub fn role(&self, symbols: &Symbols, class: ClassId) -> Option<ContractRole> {
        let info = &symbols.classes[class];
        let extends = |base: ClassId| base != class && info.linearization.contains(&base);
        if extends(self.contract) {
            return Some(match info.kind {
                ClassKind::Trait => ContractRole::Interface,
                ClassKind::Class | ClassKind::Object => ContractRole::Contract,
            });
        }
        let is_suite = self.suite.is_some_and(extends);
        let is_concrete = info.kind == ClassKind::Class && !info.is_abstract;
        (is_suite && is_concrete).then_some(ContractRole::Suite)
    }

    /// Whether instances are open records: events, problems and stories.
    pub fn is_record(&self, symbols: &Symbols, class: ClassId) -> bool {
        [self.event, self.problem, self.story]
            .into_iter()
            .flatten()
            .any(|base| class == base || symbols.classes[class].linearization.contains(&base))
    }
}
