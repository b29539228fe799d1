//! What inference found out about each method of user code, ready to be shown or recorded: names
//! instead of numbers, and the way by which each effect arrives.
//!
//! **Relies on** [`EffectTable`]. **Guarantees** the order of declaration for methods and a fixed
//! order for the effects of one: it is what text, JSON and `effects.lock` are made of.

use super::{Atom, EffectTable, Row};
use crate::symbols::{
    ClassId, EntryKind, Implementation, Method, MethodId, MethodKind, Owner, Symbols,
};
use crate::typed::Program;
use fscc_base::Span;

/// The effects of a method.
#[derive(Clone, Debug)]
pub struct MethodEffects {
    /// The method.
    pub method: MethodId,
    /// Its name with all owners, such as `examples.Escrow.confirm`.
    pub name: String,
    /// Its name in its declaration.
    pub span: Span,
    /// How messages reach it, if they do.
    pub entry: Option<EntryKind>,
    /// The row written after `can`.
    pub declared: Option<Row>,
    /// The row found.
    pub inferred: Row,
    /// The function-typed parameters whose effects are added at each call.
    pub calls: Vec<String>,
    /// Each single effect.
    pub atoms: Vec<AtomEffect>,
}

/// A single effect of a method and where it comes from.
#[derive(Clone, Debug)]
pub struct AtomEffect {
    /// The effect.
    pub atom: Atom,
    /// What it does, as in `reads` or `writes`.
    pub verb: &'static str,
    /// To what, as in `held`; empty if the verb says it all.
    pub object: String,
    /// The way to the primitive: what is called at each step, and where.
    pub path: Vec<(String, Span)>,
}

impl AtomEffect {
    /// Verb and object.
    pub fn phrase(&self) -> String {
        phrase(self.verb, &self.object)
    }
}

fn phrase(verb: &str, object: &str) -> String {
    if object.is_empty() { verb.to_owned() } else { format!("{verb} {object}") }
}

/// The effects of all methods of user code that have a body, in the order of declaration.
pub fn report(program: &Program, table: &EffectTable) -> Vec<MethodEffects> {
    let symbols = &program.symbols;
    let mut methods = Vec::new();
    for (id, method) in symbols.methods.iter_enumerated() {
        let is_shown = matches!(method.kind, MethodKind::Def | MethodKind::Constructor)
            && method.implementation == Implementation::Source
            && !super::facts::is_library(symbols, id);
        let Some(signature) = table.signature(id).filter(|_| is_shown) else { continue };
        if method.kind == MethodKind::Constructor && signature.atoms.is_empty() {
            continue;
        }
        let atoms = signature.atoms.keys().map(|atom| {
            let path = table.path(id, *atom);
            let last = path.len().saturating_sub(1);
            let named = |(number, step): (usize, &super::Step)| match step.method {
                None if number < last => (String::from("lambda"), step.span),
                _ => (word(symbols, *atom, step), step.span),
            };
            AtomEffect {
                atom: *atom,
                verb: atom.verb(),
                object: atom.object(symbols),
                path: path.iter().enumerate().map(named).collect(),
            }
        });
        methods.push(MethodEffects {
            method: id,
            name: full_name(symbols, method),
            span: method.span,
            entry: method.entry,
            declared: method.declared_effects.map(|(row, _)| row),
            inferred: signature.row(),
            calls: signature.calls.keys().map(|l| symbols.locals[*l].name.to_string()).collect(),
            atoms: atoms.collect(),
        });
    }
    methods
}

/// What a step is called: the method that is entered, or the word for the primitive.
pub(super) fn word(symbols: &Symbols, atom: Atom, step: &super::Step) -> String {
    if let Some(method) = step.method {
        return symbols.methods[method].name.to_string();
    }
    match atom {
        Atom::ReadConstant(_)
        | Atom::ReadField(_)
        | Atom::WriteField(_)
        | Atom::ReadEnvironment(_) => atom.object(symbols),
        _ => step.word.to_owned(),
    }
}

impl Atom {
    /// What a computation with this effect does.
    pub const fn verb(self) -> &'static str {
        match self {
            Atom::ReadConstant(_) => "reads constant",
            Atom::ReadField(_) | Atom::ReadEnvironment(_) => "reads",
            Atom::WriteField(_) => "writes",
            Atom::Emit(_) => "emits",
            Atom::Pay => "pays",
            Atom::Send(_) => "sends",
            Atom::Spawn(_) => "deploys",
            Atom::Schedule(_) => "schedules",
            Atom::Conclude(_) => "records",
        }
    }

    /// To what: a field, an event, a method, without the packages around it; may be empty.
    pub fn object(self, symbols: &Symbols) -> String {
        let class = |class: Option<ClassId>| class.map(|class| class_path(symbols, class));
        let method = |method: MethodId| {
            let name = symbols.methods[method].name;
            match symbols.methods[method].owner {
                Owner::Class(owner) => format!("{}.{name}", class_path(symbols, owner)),
                _ => name.to_string(),
            }
        };
        match self {
            Atom::ReadConstant(field) | Atom::ReadField(field) | Atom::WriteField(field) => {
                symbols.fields[field].name.to_string()
            }
            Atom::ReadEnvironment(environment) => environment.name().to_owned(),
            Atom::Emit(event) | Atom::Conclude(event) => class(event).unwrap_or_default(),
            Atom::Pay => String::new(),
            Atom::Send(target) => target.map(method).unwrap_or_default(),
            Atom::Spawn(contract) => class_path(symbols, contract),
            Atom::Schedule(handler) => {
                handler.map(|handler| symbols.methods[handler].name.to_string()).unwrap_or_default()
            }
        }
    }
}

/// The name of a class with the classes around it.
fn class_path(symbols: &Symbols, class: ClassId) -> String {
    let name = symbols.classes[class].name;
    match symbols.classes[class].owner {
        Owner::Class(outer) => format!("{}.{name}", class_path(symbols, outer)),
        _ => name.to_string(),
    }
}

/// The name of a method with all its owners.
fn full_name(symbols: &Symbols, method: &Method) -> String {
    let name = match method.kind {
        MethodKind::Constructor => "this",
        _ => method.name.as_str(),
    };
    match method.owner {
        Owner::Package => name.to_owned(),
        Owner::Class(class) => {
            format!("{}.{name}", symbols.classes[class].full_name.replace('$', ""))
        }
        Owner::Method(outer) => {
            // Local functions nest as deep as blocks do, which is bounded.
            format!("{}.{name}", full_name(symbols, &symbols.methods[outer]))
        }
    }
}
