//! Classes of the library that have instances although no code makes one: what a message, a
//! stored value or a record holds is made from bytes by derived decoders.
//!
//! Relies on the members of user code being known. Guarantees that the result depends on the
//! program alone, and holds every case that a decoder of the program's types can meet.

use crate::checker::Checker;
use crate::reach::Supply;
use crate::symbols::{ClassId, Symbols, TypeParamId};
use crate::types::{Ty, TyId};
use fscc_base::FastSet;

/// What contracts meet without naming it: bounces, problems of the ledger itself, and what the
/// operations of a contract give back.
const GIVEN: &[&str] =
    &["fvm.Bounce", "fvm.SystemProblem", "fvm.Timer", "fvm.Ref", "scala.Some", "scala.None$"];

/// Classes of the library that messages, stored values and records hold.
#[derive(Debug)]
pub(crate) struct Received {
    /// All of them.
    pub all: FastSet<ClassId>,
    /// Those that derived decoders make instances of.
    pub made: Vec<ClassId>,
}

impl Checker<'_> {
    /// Library classes that decoders meet.
    pub(crate) fn received(&mut self) -> Received {
        let mut found: FastSet<ClassId> = FastSet::default();
        let mut pending: Vec<ClassId> =
            GIVEN.iter().filter_map(|name| self.known.class(name)).collect();
        for ty in declared(&self.symbols) {
            self.parts(ty, &mut pending);
        }
        while let Some(class) = pending.pop() {
            if !self.symbols.classes[class].is_library || !found.insert(class) {
                continue;
            }
            self.complete(class);
            let info = &self.symbols.classes[class];
            pending.extend(&info.children);
            let fields: Vec<TyId> =
                info.case_fields.iter().map(|field| self.symbols.fields[*field].ty).collect();
            for ty in fields {
                self.parts(ty, &mut pending);
            }
        }
        let is_made = |class: &ClassId| {
            let info = &self.symbols.classes[*class];
            info.is_case && !info.is_abstract && info.children.is_empty()
        };
        let made = found.iter().copied().filter(is_made).collect();
        Received { all: found, made }
    }

    /// The classes that occur in a type.
    fn parts(&self, ty: TyId, into: &mut Vec<ClassId>) {
        let mut pending = vec![ty];
        let mut opaque: FastSet<TypeParamId> = FastSet::default();
        while let Some(ty) = pending.pop() {
            self.types.any_part(ty, &mut |part| {
                match part {
                    Ty::Class(class, _) => into.push(class),
                    // An opaque type has the form of what it stands for.
                    Ty::Param(param) if opaque.insert(param) => {
                        pending.extend(self.symbols.type_params[param].opaque);
                    }
                    _ => {}
                }
                false
            });
        }
    }
}

/// Types of what user code stores, sends and receives.
fn declared(symbols: &Symbols) -> Vec<TyId> {
    let mut types = Vec::new();
    for class in symbols.classes.iter().filter(|class| !class.is_library) {
        if class.role.is_none() {
            types.extend(class.case_fields.iter().map(|field| symbols.fields[*field].ty));
            continue;
        }
        types.extend(class.fields.iter().map(|field| symbols.fields[*field].ty));
        for method in &class.methods {
            let info = &symbols.methods[*method];
            if info.entry.is_some() {
                types.push(info.result);
                types.extend(info.params.iter().map(|local| symbols.locals[*local].ty));
            }
        }
    }
    types
}
