//! Limits of a module. The decoder and the verifier hold every module to them; each has a test at
//! n and n + 1.

/// Bytes of an encoded module.
pub const MODULE_BYTES_MAX: usize = 8 << 20;
/// Functions of a module.
pub const FUNCTIONS_MAX: usize = 32_768;
/// Instructions of a function.
pub const FUNCTION_INSTRUCTIONS_MAX: usize = 65_536;
/// Blocks of a function: targets are 16-bit numbers.
pub const FUNCTION_BLOCKS_MAX: usize = 32_768;
/// Registers of a frame: their numbers are bytes.
pub const REGISTERS_MAX: usize = 256;
/// Parameters of a function.
pub const PARAMETERS_MAX: usize = 64;
/// Classes of a module, built-in ones included.
pub const CLASSES_MAX: usize = 8_192;
/// Direct traits of a class.
pub const CLASS_TRAITS_MAX: usize = 64;
/// Slots of an instance, inherited ones included.
pub const CLASS_SLOTS_MAX: usize = 1_024;
/// Superclasses and traits above a class, all together.
pub const CLASS_ANCESTORS_MAX: usize = 1_024;
/// Selectors of a module.
pub const SELECTORS_MAX: usize = 32_768;
/// Entries of all classes' selector tables.
pub const METHODS_MAX: usize = 1 << 18;
/// Module-wide variables.
pub const GLOBALS_MAX: usize = 16_384;
/// Constants of a module.
pub const CONSTANTS_MAX: usize = 65_535;
/// Bytes of all constants.
pub const CONSTANT_BYTES_MAX: usize = 4 << 20;
/// Storage fields of a contract.
pub const STORAGE_FIELDS_MAX: usize = 1_024;
/// Exports of a module.
pub const EXPORTS_MAX: usize = 4_096;
/// Arms of a switch.
pub const SWITCH_ARMS_MAX: usize = 4_096;
/// Bytes of a name or of the text of a type.
pub const NAME_BYTES_MAX: usize = 4_096;
/// Bytes of the ABI.
pub const ABI_BYTES_MAX: usize = 1 << 20;
