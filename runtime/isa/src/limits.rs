//! Limits of a module: one table. The decoder and the verifier hold every module to them, and the
//! compiler reports the name of a limit instead of making a module beyond it; each has a test at n
//! and n + 1 in all three.

use crate::ids::FunctionId;
use crate::inst::Inst;
use crate::module::{Class, Constant, Function, Module};
use crate::wire;
use std::fmt;

/// A row of the table.
#[derive(PartialEq, Eq, Debug)]
pub struct Limit {
    /// The name of the constant.
    pub name: &'static str,
    /// What is counted.
    pub what: &'static str,
    /// How many there may be.
    pub max: usize,
}

impl Limit {
    /// The row with this name.
    pub fn lookup(name: &str) -> Option<&'static Limit> {
        LIMITS.iter().find(|limit| limit.name == name)
    }
}

macro_rules! limits {
    ($($(#[doc = $doc:literal])* $name:ident = $max:expr, $what:literal;)*) => {
        $($(#[doc = $doc])* pub const $name: usize = $max;)*
        /// All limits.
        pub const LIMITS: &[Limit] = &[$(Limit { name: stringify!($name), what: $what, max: $max }),*];
    };
}

limits! {
    /// Bytes of an encoded module.
    MODULE_BYTES_MAX = 8 << 20, "bytes of an encoded module";
    /// Functions of a module.
    FUNCTIONS_MAX = 32_768, "functions";
    /// Instructions of a function.
    FUNCTION_INSTRUCTIONS_MAX = 65_536, "instructions of a function";
    /// Blocks of a function: targets are 16-bit numbers.
    FUNCTION_BLOCKS_MAX = 32_768, "blocks of a function";
    /// Registers of a frame: their numbers are bytes.
    REGISTERS_MAX = 256, "registers";
    /// Parameters of a function.
    PARAMETERS_MAX = 64, "parameters";
    /// Classes of a module, built-in ones included.
    CLASSES_MAX = 8_192, "classes";
    /// Direct traits of a class.
    CLASS_TRAITS_MAX = 64, "traits of a class";
    /// Slots of an instance, inherited ones included.
    CLASS_SLOTS_MAX = 1_024, "slots of an instance";
    /// Superclasses and traits above a class, all together.
    CLASS_ANCESTORS_MAX = 1_024, "classes above a class";
    /// Selectors of a module.
    SELECTORS_MAX = 32_768, "selectors";
    /// Entries of all classes' selector tables.
    METHODS_MAX = 1 << 18, "methods";
    /// Module-wide variables.
    GLOBALS_MAX = 16_384, "globals";
    /// Constants of a module.
    CONSTANTS_MAX = 65_535, "constants";
    /// Bytes of all constants.
    CONSTANT_BYTES_MAX = 4 << 20, "bytes of constants";
    /// Storage fields of a contract.
    STORAGE_FIELDS_MAX = 1_024, "storage fields";
    /// Exports of a module.
    EXPORTS_MAX = 4_096, "exports";
    /// Arms of a switch.
    SWITCH_ARMS_MAX = 4_096, "arms of a switch";
    /// Bytes of a name or of the text of a type.
    NAME_BYTES_MAX = 4_096, "bytes of a name";
    /// Bytes of the ABI.
    ABI_BYTES_MAX = 1 << 20, "bytes of the ABI";
    /// Functions that a module imports.
    IMPORTS_MAX = 4_096, "imports";
}

/// A limit that a module does not keep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exceeded {
    /// The limit.
    pub limit: &'static Limit,
    /// How many there are.
    pub count: usize,
    /// The function, if it is one that is too large.
    pub function: Option<FunctionId>,
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Limit { name, what, max } = self.limit;
        write!(f, "{} {what}, at most {max} are allowed ({name})", self.count)
    }
}

/// The first limit that a module of any origin does not keep. Its encoded size is for whoever has
/// the bytes, the number of classes above one for whoever knows that they form no circle.
pub fn exceeded(module: &Module) -> Option<Exceeded> {
    find_exceeded(module).err()
}

fn find_exceeded(module: &Module) -> Result<(), Exceeded> {
    at_most("CLASSES_MAX", module.classes.len())?;
    at_most("SELECTORS_MAX", module.selectors.len())?;
    at_most("GLOBALS_MAX", module.globals.len())?;
    at_most("STORAGE_FIELDS_MAX", module.storage.len())?;
    at_most("FUNCTIONS_MAX", module.functions.len())?;
    at_most("EXPORTS_MAX", module.exports.len())?;
    at_most("IMPORTS_MAX", module.imports.len())?;
    at_most("CONSTANTS_MAX", module.constants.len())?;
    at_most("METHODS_MAX", module.classes.iter().map(|class| class.methods.len()).sum())?;
    at_most("ABI_BYTES_MAX", module.abi.len())?;
    at_most("CONSTANT_BYTES_MAX", module.constants.iter().map(constant_bytes).sum())?;
    let class_names = module.classes.iter().map(|class| &class.name);
    let fields = module.classes.iter().flat_map(|class| &class.fields).map(|field| &field.name);
    let selectors = module.selectors.iter().map(|selector| &selector.name);
    let globals = module.globals.iter().map(|global| &global.name);
    let storage = module.storage.iter().flat_map(|field| [&field.name, &field.ty]);
    let exports = module.exports.iter().map(|export| &export.name);
    let names = class_names.chain(fields).chain(selectors).chain(globals).chain(storage);
    let imports = module.imports.iter().map(|import| &import.name);
    for name in names.chain(exports).chain(imports).chain([&module.name]) {
        at_most("NAME_BYTES_MAX", name.len())?;
    }
    slots(&module.classes)?;
    for class in &module.classes {
        at_most("CLASS_TRAITS_MAX", class.traits.len())?;
    }
    for selector in &module.selectors {
        at_most("PARAMETERS_MAX", selector.params.len())?;
    }
    for import in &module.imports {
        at_most("PARAMETERS_MAX", import.params.len())?;
    }
    for (number, function) in module.functions.iter().enumerate() {
        let id = Some(FunctionId(number as u16));
        of_function(function).map_err(|exceeded| Exceeded { function: id, ..exceeded })?;
    }
    Ok(())
}

fn of_function(function: &Function) -> Result<(), Exceeded> {
    at_most("PARAMETERS_MAX", function.params.len())?;
    at_most("REGISTERS_MAX", function.registers.into())?;
    at_most("FUNCTION_BLOCKS_MAX", function.blocks.len())?;
    let count = function.blocks.iter().map(|block| block.insts.len()).sum();
    at_most("FUNCTION_INSTRUCTIONS_MAX", count)?;
    for inst in function.blocks.iter().flat_map(|block| &block.insts) {
        if let Inst::Switch { cases, .. } = inst {
            at_most("SWITCH_ARMS_MAX", cases.cases.len())?;
        }
    }
    Ok(())
}

/// Superclasses stand earlier; one that does not is another rule's business.
fn slots(classes: &[Class]) -> Result<(), Exceeded> {
    let mut counts: Vec<usize> = Vec::with_capacity(classes.len());
    for class in classes {
        let inherited = class.superclass.and_then(|class| counts.get(class.index()));
        let count = inherited.map_or(0, |inherited| *inherited) + class.fields.len();
        at_most("CLASS_SLOTS_MAX", count)?;
        counts.push(count);
    }
    Ok(())
}

/// Bytes of a constant on the wire.
fn constant_bytes(constant: &Constant) -> usize {
    let (count, content) = match constant {
        Constant::String(units) if units.iter().all(|unit| *unit < 256) => {
            (units.len(), units.len())
        }
        Constant::String(units) => (units.len(), units.len() * 2),
        Constant::Bytes(bytes) => (bytes.len(), bytes.len()),
    };
    1 + wire::number_bytes(count) + content
}

fn at_most(name: &str, count: usize) -> Result<(), Exceeded> {
    match Limit::lookup(name) {
        Some(limit) if count > limit.max => Err(Exceeded { limit, count, function: None }),
        _ => Ok(()),
    }
}
