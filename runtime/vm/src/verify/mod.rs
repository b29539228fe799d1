//! The verifier: from a module of hostile origin to a [`VerifiedModule`].
//!
//! One pass over the module without a fixpoint: block headers state what is live on entry, so a
//! block is checked alone. The rules, in the order in which they are checked; a function for each
//! carries its name:
//!
//! - V1 `limits`: the table of limits but for the size of the whole, which the decoder sees.
//! - V2 `constants`: no constant occurs twice.
//! - V3 `types`: every class that a type names exists.
//! - V4 `hierarchy`: parents exist, superclasses stand earlier and are no built-in scalars, nobody
//!   is above himself, traits have no fields.
//! - V5 `selectors`: a selector has a receiver, which is a reference to its owner or above it.
//! - V6 `methods`: a concrete class's table is sorted, its functions take what the selector gives
//!   (the receiver narrowed to the class) and give what it promises.
//! - V7 `storage`: only contracts have storage fields, with distinct names and only the forms that
//!   their kinds use.
//! - V8 `exports`: functions exist, names are distinct, kinds fit the kind of module, signatures
//!   fit the kind, method ids are distinct.
//! - V9 `shape`: a function has a block, a block ends with its only terminator.
//! - V10 `live_in`: live registers are sorted and inside the frame; those of the entry are
//!   parameters.
//! - V11 `operands`: every number in an instruction names something of the right kind.
//! - V12 `registers`: registers lie inside the frame, are set before they are read, and have the
//!   type that is asked for.
//! - V13 `windows`: a call window holds the arguments of the callee and its result.
//! - V14 `targets`: blocks exist, and what they expect live is there with a fitting type.
//! - V15 `permissions`: storage only in contracts, the world only in suites, no printing in what
//!   can be deployed.
//! - V16 `own_row`: a function's row covers the effects of its instructions.
//! - V17 `closed_row`: an export's row covers what it can reach: calls, and selectors on classes
//!   that are instantiated on the way.
//! - V18 `imports`, which is looked at first: nothing is imported. What was linked has no imports.
//!
//! What is verified makes the engine safe: V12 to V14 give every register its type at every
//! instruction, V4 to V6 give every call its signature, V11 every access its place.

mod classes;
mod effects;
mod exports;
mod function;

use self::effects::Summary;
use crate::engine::{Derived, Engine};
use crate::hierarchy::Hierarchy;
use crate::image::{Image, PricedBlock};
use crate::schedule::Schedule;

use fvm_isa::wire::DecodeError;
use fvm_isa::{BlockId, FunctionId, Module};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A rule of the verifier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "told in the header of the module")]
pub enum Rule {
    Limits,
    Constants,
    Types,
    Hierarchy,
    Selectors,
    Methods,
    Storage,
    Exports,
    Shape,
    LiveIn,
    Operands,
    Registers,
    Windows,
    Targets,
    Permissions,
    OwnRow,
    ClosedRow,
    Imports,
}

impl Rule {
    /// All rules in order.
    pub const ALL: &[Rule] = &[
        Rule::Limits,
        Rule::Constants,
        Rule::Types,
        Rule::Hierarchy,
        Rule::Selectors,
        Rule::Methods,
        Rule::Storage,
        Rule::Exports,
        Rule::Shape,
        Rule::LiveIn,
        Rule::Operands,
        Rule::Registers,
        Rule::Windows,
        Rule::Targets,
        Rule::Permissions,
        Rule::OwnRow,
        Rule::ClosedRow,
        Rule::Imports,
    ];

    /// The number in the header of the module.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// Why a module is not accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// The rule that it breaks.
    pub rule: Rule,
    /// The function, if the error is inside of one.
    pub function: Option<FunctionId>,
    /// The block of the function.
    pub block: Option<BlockId>,
    /// The instruction of the block.
    pub inst: Option<usize>,
    /// What was found and what was expected.
    pub text: String,
}

impl VerifyError {
    fn new(rule: Rule, text: impl Into<String>) -> VerifyError {
        VerifyError { rule, function: None, block: None, inst: None, text: text.into() }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule V{} ({:?})", self.rule.number(), self.rule)?;
        if let Some(function) = self.function {
            write!(f, " at {function}")?;
        }
        if let Some(block) = self.block {
            write!(f, " {block}")?;
        }
        if let Some(inst) = self.inst {
            write!(f, " instruction {inst}")?;
        }
        write!(f, ": {}", self.text)
    }
}

impl std::error::Error for VerifyError {}

type Result<T> = std::result::Result<T, VerifyError>;

fn fail<T>(rule: Rule, text: impl Into<String>) -> Result<T> {
    Err(VerifyError::new(rule, text))
}

/// A module that keeps all rules. Only [`verify`] makes one.
#[derive(Debug)]
pub struct VerifiedModule {
    module: Module,
    hierarchy: Arc<Hierarchy>,
    /// Made when the module first runs.
    image: OnceLock<Image>,
    /// The priced blocks under the schedule that was used last.
    priced: Mutex<Option<Priced>>,
    code_hash: OnceLock<[u8; 32]>,
    engine: OnceLock<Arc<dyn Engine>>,
    faster: OnceLock<Arc<dyn Engine>>,
    pub(crate) serial: u64,
}

/// The blocks under one schedule.
#[derive(Clone, Debug)]
pub(crate) struct Priced {
    identity: [u8; 32],
    pub blocks: Arc<[PricedBlock]>,
    pub derived: Arc<Derived>,
}

/// The number of the next module of this process.
static SERIAL: AtomicU64 = AtomicU64::new(0);

impl VerifiedModule {
    /// The module.
    pub fn module(&self) -> &Module {
        &self.module
    }

    /// What machines run.
    pub(crate) fn image(&self) -> &Image {
        match self.image.get() {
            Some(image) => image,
            None => self.make_image(),
        }
    }

    /// Apart, so that whoever asks for the image keeps nothing on the stack for making it.
    #[cold]
    #[inline(never)]
    fn make_image(&self) -> &Image {
        self.image.get_or_init(|| Image::new(&self.module, Arc::clone(&self.hierarchy)))
    }

    /// [`Module::code_hash`], computed once.
    pub fn code_hash(&self) -> [u8; 32] {
        *self.code_hash.get_or_init(|| self.module.code_hash())
    }

    /// Has calls from now on run by another engine; false if one is attached already. Calls that
    /// are watched stay with the reference engine.
    pub fn attach(&self, engine: Arc<dyn Engine>) -> bool {
        self.engine.set(engine).is_ok()
    }

    /// Has calls that begin from now on run by a faster engine than the one that is attached, if any
    /// is; false if that was done already. Calls that run go on as they began.
    pub fn attach_faster(&self, engine: Arc<dyn Engine>) -> bool {
        self.faster.set(engine).is_ok()
    }

    /// The engine that runs calls which begin now, if it is not the reference engine.
    pub fn engine(&self) -> Option<&dyn Engine> {
        self.faster.get().or(self.engine.get()).map(|engine| &**engine)
    }

    /// The name of the engine that runs calls which begin now.
    pub fn engine_name(&self) -> &'static str {
        self.engine().map_or("reference", Engine::name)
    }

    /// Parameters of a function.
    pub(crate) fn parameter_count(&self, function: FunctionId) -> usize {
        self.module.functions.get(function.index()).map_or(0, |function| function.params.len())
    }

    /// The blocks with their prices: computed once for each change of the schedule.
    pub(crate) fn priced(&self, schedule: &Schedule) -> Priced {
        // A thread that panicked while it held the lock has left a whole value or none.
        let mut priced = self.priced.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match &*priced {
            Some(priced) if priced.identity == schedule.identity() => priced.clone(),
            _ => {
                let new = Priced {
                    identity: schedule.identity(),
                    blocks: self.image().priced(schedule).into(),
                    derived: Arc::new(Derived::default()),
                };
                *priced = Some(new.clone());
                new
            }
        }
    }
}

/// Who does work of which each piece can be done by itself: calls its second argument once with
/// each number below the first, on any threads, and comes back when all is done.
pub type Share<'a> = dyn Fn(usize, &(dyn Fn(usize) + Sync)) + 'a;

/// Checks a module.
pub fn verify(module: Module) -> Result<VerifiedModule> {
    verify_shared(module, &|count, work| (0..count).for_each(work))
}

/// Checks a module, with its functions shared out. The answer is that of [`verify`].
pub fn verify_shared(module: Module, share: &Share<'_>) -> Result<VerifiedModule> {
    exports::imports(&module)?;
    classes::limits(&module)?;
    classes::constants(&module)?;
    classes::types(&module)?;
    let hierarchy = classes::hierarchy(&module)?;
    let cx = Context { module: &module, hierarchy: &hierarchy, layouts: layouts(&module) };
    classes::selectors(&cx)?;
    classes::methods(&cx)?;
    classes::storage(&module)?;
    exports::exports(&module)?;
    let summaries = functions(&cx, share)?;
    effects::closed_row(&module, &summaries)?;
    Ok(VerifiedModule {
        module,
        hierarchy: Arc::new(hierarchy),
        image: OnceLock::new(),
        priced: Mutex::new(None),
        code_hash: OnceLock::new(),
        engine: OnceLock::new(),
        faster: OnceLock::new(),
        serial: SERIAL.fetch_add(1, Ordering::Relaxed),
    })
}

/// How many functions are one piece of work.
const PIECE: usize = 32;

/// Checks all functions; of several mistakes the first is given.
fn functions(cx: &Context<'_>, share: &Share<'_>) -> Result<Vec<Summary>> {
    type Piece = Mutex<Result<Vec<Summary>>>;
    let count = cx.module.functions.len();
    let pieces: Vec<Piece> =
        (0..count).step_by(PIECE).map(|_| Mutex::new(Ok(Vec::new()))).collect();
    share(pieces.len(), &|number| {
        let first = number * PIECE;
        let check = |number: usize| {
            let id = FunctionId(number as u16);
            let summary = function::check(cx, id);
            summary.map_err(|error| VerifyError { function: Some(id), ..error })
        };
        let checked = (first..count.min(first + PIECE)).map(check).collect();
        if let Some(piece) = pieces.get(number) {
            *piece.lock().unwrap_or_else(PoisonError::into_inner) = checked;
        }
    });
    let mut summaries = Vec::with_capacity(count);
    for piece in pieces {
        summaries.append(&mut piece.into_inner().unwrap_or_else(PoisonError::into_inner)?);
    }
    Ok(summaries)
}

/// What all rules about functions look at.
struct Context<'m> {
    module: &'m Module,
    hierarchy: &'m Hierarchy,
    /// The types of the slots of an instance, by class.
    layouts: Vec<Arc<[fvm_isa::ValueType]>>,
}

/// The layouts of all classes; superclasses stand earlier (V4).
fn layouts(module: &Module) -> Vec<Arc<[fvm_isa::ValueType]>> {
    let mut layouts: Vec<Arc<[fvm_isa::ValueType]>> = Vec::with_capacity(module.classes.len());
    for class in &module.classes {
        let inherited = class.superclass.and_then(|class| layouts.get(class.index()).cloned());
        let own = class.fields.iter().map(|field| field.ty);
        let layout = match inherited {
            Some(inherited) if class.fields.is_empty() => inherited,
            Some(inherited) => inherited.iter().copied().chain(own).collect(),
            None => own.collect(),
        };
        layouts.push(layout);
    }
    layouts
}

/// Why bytes cannot be run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LoadError {
    /// They are no module.
    Decode(DecodeError),
    /// The module breaks a rule.
    Verify(VerifyError),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Decode(error) => error.fmt(f),
            LoadError::Verify(error) => write!(f, "module rejected: {error}"),
        }
    }
}

impl std::error::Error for LoadError {}

/// Decodes and verifies.
pub fn load(bytes: &[u8]) -> std::result::Result<VerifiedModule, LoadError> {
    let module = fvm_isa::wire::decode(bytes).map_err(LoadError::Decode)?;
    verify(module).map_err(LoadError::Verify)
}
