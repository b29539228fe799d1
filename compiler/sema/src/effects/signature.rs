//! What inference finds out about a method: atoms with the way by which each arrives, and which
//! function parameters it calls.

use super::facts::UnitId;
use super::{Effect, Row};
use crate::symbols::{ClassId, FieldId, LocalId, MethodId};
use fscc_base::Span;
use std::collections::BTreeMap;

/// What of its surroundings a message handler looks at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Environment {
    /// `msg`.
    Message,
    /// `self`, the contract's own address.
    Own,
    /// `balance`.
    Balance,
    /// `now`.
    Clock,
}

impl Environment {
    /// The name in `fvm.Contract`.
    pub const fn name(self) -> &'static str {
        match self {
            Environment::Message => "msg",
            Environment::Own => "self",
            Environment::Balance => "balance",
            Environment::Clock => "now",
        }
    }
}

/// An effect with its object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Atom {
    /// Reads a stored field that never changes after deployment. It is no effect in a source row,
    /// since its value is as constant as a literal; the machine still reads storage for it.
    ReadConstant(FieldId),
    /// Reads a stored field.
    ReadField(FieldId),
    /// Looks at the surroundings.
    ReadEnvironment(Environment),
    /// Changes a stored field.
    WriteField(FieldId),
    /// Appends an event of this class, or of one that the library chooses.
    Emit(Option<ClassId>),
    /// Queues a payment.
    Pay,
    /// Queues a message to this method of another contract, or one that the library chooses.
    Send(Option<MethodId>),
    /// Deploys a contract of this class.
    Spawn(ClassId),
    /// Queues a message to this handler of its own for later; cancels one if there is none.
    Schedule(Option<MethodId>),
    /// Writes a story of this class, or of one that the library chooses.
    Conclude(Option<ClassId>),
}

impl Atom {
    /// The effect of a source row that it belongs to.
    pub fn effect(self) -> Option<Effect> {
        Some(match self {
            Atom::ReadConstant(_) => return None,
            Atom::ReadField(_) | Atom::ReadEnvironment(_) => Effect::Read,
            Atom::WriteField(_) => Effect::Write,
            Atom::Emit(_) => Effect::Emit,
            Atom::Pay | Atom::Send(_) | Atom::Spawn(_) => Effect::Send,
            Atom::Schedule(_) => Effect::Schedule,
            Atom::Conclude(_) => Effect::Conclude,
        })
    }
}

/// How an atom got into a signature: one step of the shortest way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Witness {
    /// Where: the primitive itself, or the call through which it comes.
    pub span: Span,
    /// The word of the source for a primitive that is not a field, such as `pay`.
    pub word: &'static str,
    /// The body in which the way goes on; none at the primitive.
    pub(super) via: Option<UnitId>,
    /// Number of steps to the primitive.
    pub hops: u32,
}

/// The effects of a method.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// What it does itself or through calls of known code.
    pub atoms: BTreeMap<Atom, Witness>,
    /// The function-typed parameters that it calls: their effects are added where it is called.
    pub calls: BTreeMap<LocalId, Span>,
}

impl Signature {
    /// The row as source declares it.
    pub fn row(&self) -> Row {
        self.atoms.keys().filter_map(|atom| atom.effect()).collect()
    }

    /// The row as the machine sees it: constants of the contract are storage, too.
    pub fn machine_row(&self) -> Row {
        let reads = self.atoms.keys().any(|atom| matches!(atom, Atom::ReadConstant(_)));
        if reads { self.row() | Row::READ } else { self.row() }
    }

    /// The shortest way to an effect.
    pub fn witness(&self, effect: Effect) -> Option<(Atom, Witness)> {
        self.atoms
            .iter()
            .filter(|(atom, _)| atom.effect() == Some(effect))
            .min_by_key(|(_, witness)| witness.hops)
            .map(|(atom, witness)| (*atom, *witness))
    }

    /// Adds an atom, or a shorter way to a known one; tells whether something changed.
    pub(super) fn add(&mut self, atom: Atom, witness: Witness) -> bool {
        match self.atoms.get_mut(&atom) {
            Some(known) if known.hops <= witness.hops => false,
            Some(known) => {
                *known = witness;
                true
            }
            None => {
                self.atoms.insert(atom, witness);
                true
            }
        }
    }
}
