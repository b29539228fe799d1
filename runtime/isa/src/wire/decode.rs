//! Bytes to modules. Total on any bytes; checks form and limits, not meaning: numbers may still
//! point nowhere and types may not fit, which the verifier looks at.

use super::live::LiveList;
use super::{FORMAT, MAGIC, Reader, constant_tag, inst, section, type_tag};
use crate::ids::{ClassId, FunctionId, SelectorId};
use crate::limits;
use crate::module::{
    Block, Class, Constant, Export, ExportKind, Field, Function, Global, Import, Module,
    ModuleKind, Selector, StorageField, StorageForm, StorageKind,
};
use crate::row::Row;
use crate::types::{BUILTIN_CLASSES, ValueType, builtin};
use std::fmt;

/// Why bytes are no module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecodeError {
    /// Offset of the first byte that does not fit, or shortly behind it.
    pub offset: usize,
    /// What was found and what was expected.
    pub text: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed module at byte {}: {}", self.offset, self.text)
    }
}

impl std::error::Error for DecodeError {}

pub(super) type Result<T> = std::result::Result<T, DecodeError>;

/// The module of which these are the canonical bytes.
pub fn decode(bytes: &[u8]) -> Result<Module> {
    let mut input = Reader::new(bytes);
    if bytes.len() > limits::MODULE_BYTES_MAX {
        let max = limits::MODULE_BYTES_MAX;
        return Err(input.error(format!("{} bytes, at most {max} are allowed", bytes.len())));
    }
    if input.take(4).ok() != Some(MAGIC.as_slice()) {
        return Err(DecodeError { offset: 0, text: "the first bytes are not `FVM1`".into() });
    }
    let format = input.u16()?;
    if format != FORMAT {
        return Err(input.error(format!("format {format}, only {FORMAT} is known")));
    }
    let kind = byte_enum(&mut input, "module kind", ModuleKind::from_byte)?;
    if input.u8()? != 0 {
        return Err(input.error("unused bits must be zero"));
    }
    let mut module = Module::new("", kind);
    let input = &mut input;
    module.name = read_section(input, section::NAME, |input| name(input, "bytes of a name"))?;
    module.constants = read_section(input, section::CONSTANTS, constants)?;
    module.classes.extend(read_section(input, section::CLASSES, |input| {
        list(input, "classes", limits::CLASSES_MAX - BUILTIN_CLASSES, 6, class)
    })?);
    module.selectors = read_section(input, section::SELECTORS, |input| {
        list(input, "selectors", limits::SELECTORS_MAX, 4, selector)
    })?;
    module.globals = read_section(input, section::GLOBALS, |input| {
        list(input, "globals", limits::GLOBALS_MAX, 2, |input| {
            Ok(Global { name: name(input, "bytes of a name")?, ty: value_type(input)? })
        })
    })?;
    module.storage = read_section(input, section::STORAGE, |input| {
        list(input, "storage fields", limits::STORAGE_FIELDS_MAX, 5, storage_field)
    })?;
    module.functions = read_section(input, section::FUNCTIONS, |input| {
        list(input, "functions", limits::FUNCTIONS_MAX, 6, function)
    })?;
    module.exports = read_section(input, section::EXPORTS, |input| {
        list(input, "exports", limits::EXPORTS_MAX, 8, export)
    })?;
    module.abi = read_section(input, section::ABI, |input| {
        Ok(input.blob("bytes of the ABI", limits::ABI_BYTES_MAX)?.to_vec())
    })?;
    // Whoever imports nothing has no section that says so: the form is canonical.
    if input.remaining() > 0 {
        module.imports = read_section(input, section::IMPORTS, imports)?;
    }
    if input.remaining() > 0 {
        return Err(input.error(format!("{} bytes after the last section", input.remaining())));
    }
    Ok(module)
}

fn read_section<'a, T>(
    input: &mut Reader<'a>,
    number: u8,
    content: impl FnOnce(&mut Reader<'a>) -> Result<T>,
) -> Result<T> {
    let found = input.u8()?;
    if found != number {
        return Err(input.error(format!("section {number} expected, found {found}")));
    }
    let length = input.number()? as usize;
    let start = input.offset();
    let value = content(input)?;
    let read = input.offset() - start;
    if read != length {
        let text = format!("section {number} says {length} bytes, its content has {read}");
        return Err(input.error(text));
    }
    Ok(value)
}

fn list<'a, T>(
    input: &mut Reader<'a>,
    what: &str,
    max: usize,
    bytes_each: usize,
    item: impl FnMut(&mut Reader<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let count = input.count(what, max, bytes_each)?;
    items(input, count, item)
}

fn items<'a, T>(
    input: &mut Reader<'a>,
    count: usize,
    mut item: impl FnMut(&mut Reader<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    // Elements can be larger than their bytes: grow with what is really there.
    let mut items = Vec::with_capacity(count.min(1024));
    for _ in 0..count {
        items.push(item(input)?);
    }
    Ok(items)
}

fn name(input: &mut Reader<'_>, what: &str) -> Result<String> {
    input.text(what, limits::NAME_BYTES_MAX)
}

fn byte_enum<T>(
    input: &mut Reader<'_>,
    what: &str,
    from_byte: impl Fn(u8) -> Option<T>,
) -> Result<T> {
    let byte = input.u8()?;
    from_byte(byte).ok_or_else(|| input.error(format!("there is no {what} {byte}")))
}

pub(super) fn value_type(input: &mut Reader<'_>) -> Result<ValueType> {
    result_type(input)?.ok_or_else(|| input.error("a type is missing"))
}

fn result_type(input: &mut Reader<'_>) -> Result<Option<ValueType>> {
    Ok(Some(match input.number()? {
        type_tag::I32 => ValueType::I32,
        type_tag::I64 => ValueType::I64,
        type_tag::F64 => ValueType::F64,
        type_tag::U128 => ValueType::U128,
        type_tag::I128 => ValueType::I128,
        type_tag::ANY => ValueType::Any,
        type_tag::NONE => return Ok(None),
        reference => match u16::try_from(reference - type_tag::REF) {
            Ok(class) => ValueType::Ref(ClassId(class)),
            Err(_) => return Err(input.error(format!("there is no type {reference}"))),
        },
    }))
}

fn constants(input: &mut Reader<'_>) -> Result<Vec<Constant>> {
    let mut bytes_left = limits::CONSTANT_BYTES_MAX;
    let count = input.count("constants", limits::CONSTANTS_MAX, 2)?;
    let mut constants = Vec::with_capacity(count.min(1024));
    for _ in 0..count {
        let start = input.offset();
        constants.push(constant(input)?);
        bytes_left = bytes_left.checked_sub(input.offset() - start).ok_or_else(|| {
            input.error(format!("more than {} bytes of constants", limits::CONSTANT_BYTES_MAX))
        })?;
    }
    Ok(constants)
}

fn constant(input: &mut Reader<'_>) -> Result<Constant> {
    const MAX: usize = limits::CONSTANT_BYTES_MAX;
    match input.u8()? {
        constant_tag::NARROW => {
            let bytes = input.blob("bytes of a string", MAX)?;
            Ok(Constant::String(bytes.iter().map(|byte| u16::from(*byte)).collect()))
        }
        constant_tag::WIDE => {
            let units = list(input, "units of a string", MAX, 2, Reader::u16)?;
            if units.iter().all(|unit| *unit < 256) {
                return Err(input.error("a string without a wide unit must be stored narrow"));
            }
            Ok(Constant::String(units))
        }
        constant_tag::BYTES => Ok(Constant::Bytes(input.blob("bytes", MAX)?.to_vec())),
        other => Err(input.error(format!("there is no kind of constant {other}"))),
    }
}

fn class(input: &mut Reader<'_>) -> Result<Class> {
    let name = name(input, "bytes of a name")?;
    let superclass = Some(ClassId(input.number16()?)).filter(|class| *class != builtin::NULL);
    let traits =
        list(input, "traits", limits::CLASS_TRAITS_MAX, 1, |input| Ok(ClassId(input.number16()?)))?;
    let fields = list(input, "fields", limits::CLASS_SLOTS_MAX, 3, |input| {
        Ok(Field {
            name: input.text("bytes of a name", limits::NAME_BYTES_MAX)?,
            ty: value_type(input)?,
            mutable: input.flag("mutability")?,
        })
    })?;
    let is_abstract = input.flag("abstractness")?;
    let methods = list(input, "methods", limits::METHODS_MAX, 2, |input| {
        Ok((SelectorId(input.number16()?), FunctionId(input.number16()?)))
    })?;
    Ok(Class { name, superclass, traits, fields, is_abstract, methods })
}

fn params(input: &mut Reader<'_>) -> Result<Vec<ValueType>> {
    list(input, "parameters", limits::PARAMETERS_MAX, 1, value_type)
}

fn selector(input: &mut Reader<'_>) -> Result<Selector> {
    Ok(Selector {
        name: name(input, "bytes of a name")?,
        owner: ClassId(input.number16()?),
        params: params(input)?,
        result: result_type(input)?,
    })
}

fn storage_field(input: &mut Reader<'_>) -> Result<StorageField> {
    Ok(StorageField {
        name: name(input, "bytes of a name")?,
        kind: byte_enum(input, "storage kind", StorageKind::from_byte)?,
        key: byte_enum(input, "storage form", StorageForm::from_byte)?,
        value: byte_enum(input, "storage form", StorageForm::from_byte)?,
        ty: name(input, "bytes of a type")?,
    })
}

fn export(input: &mut Reader<'_>) -> Result<Export> {
    Ok(Export {
        name: name(input, "bytes of a name")?,
        function: FunctionId(input.number16()?),
        method_id: input.u32()?,
        kind: byte_enum(input, "export kind", ExportKind::from_byte)?,
        row: Row(input.u8()?),
    })
}

fn imports(input: &mut Reader<'_>) -> Result<Vec<Import>> {
    let imports = list(input, "imports", limits::IMPORTS_MAX, 35, |input| {
        let library = input.array()?;
        let name = name(input, "bytes of a name")?;
        Ok(Import { library, name, params: params(input)?, result: result_type(input)? })
    })?;
    if imports.is_empty() {
        return Err(input.error("a section of imports without imports"));
    }
    Ok(imports)
}

fn function(input: &mut Reader<'_>) -> Result<Function> {
    let params = list(input, "parameters", limits::PARAMETERS_MAX, 1, value_type)?;
    let result = result_type(input)?;
    let registers = input.number16()?;
    let row = Row(input.u8()?);
    let mut live = LiveList::read(input)?;
    let bits = inst::register_bits(registers);
    let count = input.count("blocks", limits::FUNCTION_BLOCKS_MAX, 2)?;
    let mut blocks = Vec::with_capacity(count.min(1024));
    let mut insts_left = limits::FUNCTION_INSTRUCTIONS_MAX;
    for _ in 0..count {
        let block = block(input, &mut live, bits)?;
        insts_left = insts_left.checked_sub(block.insts.len()).ok_or_else(|| {
            let max = limits::FUNCTION_INSTRUCTIONS_MAX;
            input.error(format!("more than {max} instructions in a function"))
        })?;
        blocks.push(block);
    }
    live.are_all_used(input)?;
    Ok(Function { params, result, registers, row, blocks })
}

fn block(input: &mut Reader<'_>, live: &mut LiveList, bits: u32) -> Result<Block> {
    let live_in = live.read_block(input)?;
    let count = input.count("instructions", limits::FUNCTION_INSTRUCTIONS_MAX, 1)?;
    let insts = items(input, count, |input| inst::read(input, bits))?;
    Ok(Block { live_in, insts })
}
