//! Bytes to modules. Total on any bytes; checks form and limits, not meaning: numbers may still
//! point nowhere and types may not fit, which the verifier looks at.

use super::{FORMAT, MAGIC, Reader, constant_tag, section, type_tag};
use crate::ids::{
    BlockId, BoxId, ClassId, ConstantId, FieldId, FunctionId, GlobalId, HostId, Reg, SelectorId,
    StorageId,
};
use crate::inst::{Inst, Mismatch, Operand, Switch};
use crate::limits;
use crate::module::{
    Block, Class, Constant, Export, ExportKind, Field, Function, Global, Module, ModuleKind,
    Selector, StorageField, StorageForm, StorageKind, builtin_classes,
};
use crate::opcode::{Kind, Opcode, OperandInfo, Role};
use crate::row::Row;
use crate::trap::TrapCode;
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

type Result<T> = std::result::Result<T, DecodeError>;

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
    module.classes = builtin_classes();
    module.classes.extend(read_section(input, section::CLASSES, |input| {
        list(input, "classes", limits::CLASSES_MAX - BUILTIN_CLASSES, 19, class)
    })?);
    module.selectors = read_section(input, section::SELECTORS, |input| {
        list(input, "selectors", limits::SELECTORS_MAX, 11, selector)
    })?;
    module.globals = read_section(input, section::GLOBALS, |input| {
        list(input, "globals", limits::GLOBALS_MAX, 5, |input| {
            Ok(Global { name: name(input, "bytes of a name")?, ty: value_type(input)? })
        })
    })?;
    module.storage = read_section(input, section::STORAGE, |input| {
        list(input, "storage fields", limits::STORAGE_FIELDS_MAX, 11, storage_field)
    })?;
    module.functions = read_section(input, section::FUNCTIONS, |input| {
        list(input, "functions", limits::FUNCTIONS_MAX, 7, function)
    })?;
    module.exports = read_section(input, section::EXPORTS, |input| {
        list(input, "exports", limits::EXPORTS_MAX, 12, export)
    })?;
    module.abi = read_section(input, section::ABI, |input| {
        Ok(input.blob("bytes of the ABI", limits::ABI_BYTES_MAX)?.to_vec())
    })?;
    if input.remaining() > 0 {
        return Err(input.error(format!("{} bytes after the last section", input.remaining())));
    }
    Ok(module)
}

fn read_section<'a, T>(
    input: &mut Reader<'a>,
    number: u32,
    content: impl FnOnce(&mut Reader<'a>) -> Result<T>,
) -> Result<T> {
    let found = input.u32()?;
    if found != number {
        return Err(input.error(format!("section {number} expected, found {found}")));
    }
    let length = input.u32()? as usize;
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

fn short_list<'a, T>(
    input: &mut Reader<'a>,
    what: &str,
    max: usize,
    bytes_each: usize,
    item: impl FnMut(&mut Reader<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let count = input.short_count(what, max, bytes_each)?;
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

fn value_type(input: &mut Reader<'_>) -> Result<ValueType> {
    result_type(input)?.ok_or_else(|| input.error("a type is missing"))
}

fn result_type(input: &mut Reader<'_>) -> Result<Option<ValueType>> {
    Ok(Some(match input.u8()? {
        type_tag::I32 => ValueType::I32,
        type_tag::I64 => ValueType::I64,
        type_tag::F64 => ValueType::F64,
        type_tag::U128 => ValueType::U128,
        type_tag::I128 => ValueType::I128,
        type_tag::ANY => ValueType::Any,
        type_tag::REF => ValueType::Ref(ClassId(input.u16()?)),
        type_tag::NONE => return Ok(None),
        other => return Err(input.error(format!("there is no type {other}"))),
    }))
}

fn constants(input: &mut Reader<'_>) -> Result<Vec<Constant>> {
    let mut bytes_left = limits::CONSTANT_BYTES_MAX;
    let count = input.count("constants", limits::CONSTANTS_MAX, 5)?;
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
    let superclass = Some(ClassId(input.u16()?)).filter(|class| *class != builtin::NULL);
    let traits =
        list(input, "traits", limits::CLASS_TRAITS_MAX, 2, |input| Ok(ClassId(input.u16()?)))?;
    let fields = list(input, "fields", limits::CLASS_SLOTS_MAX, 6, |input| {
        Ok(Field {
            name: input.text("bytes of a name", limits::NAME_BYTES_MAX)?,
            ty: value_type(input)?,
            mutable: input.flag("mutability")?,
        })
    })?;
    let is_abstract = input.flag("abstractness")?;
    let methods = list(input, "methods", limits::METHODS_MAX, 4, |input| {
        Ok((SelectorId(input.u16()?), FunctionId(input.u16()?)))
    })?;
    Ok(Class { name, superclass, traits, fields, is_abstract, methods })
}

fn params(input: &mut Reader<'_>) -> Result<Vec<ValueType>> {
    list(input, "parameters", limits::PARAMETERS_MAX, 1, value_type)
}

fn selector(input: &mut Reader<'_>) -> Result<Selector> {
    Ok(Selector {
        name: name(input, "bytes of a name")?,
        owner: ClassId(input.u16()?),
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
        function: FunctionId(input.u16()?),
        method_id: input.u32()?,
        kind: byte_enum(input, "export kind", ExportKind::from_byte)?,
        row: Row(input.u8()?),
    })
}

fn function(input: &mut Reader<'_>) -> Result<Function> {
    let params = short_list(input, "parameters", limits::PARAMETERS_MAX, 1, value_type)?;
    let result = result_type(input)?;
    let registers = input.u16()?;
    let row = Row(input.u8()?);
    let mut live = LiveRegisters::read(input)?;
    let count = input.short_count("blocks", limits::FUNCTION_BLOCKS_MAX, 2)?;
    let mut blocks = Vec::with_capacity(count.min(1024));
    let mut insts_left = limits::FUNCTION_INSTRUCTIONS_MAX;
    for _ in 0..count {
        let block = block(input, &mut live)?;
        insts_left = insts_left.checked_sub(block.insts.len()).ok_or_else(|| {
            let max = limits::FUNCTION_INSTRUCTIONS_MAX;
            input.error(format!("more than {max} instructions in a function"))
        })?;
        blocks.push(block);
    }
    live.are_all_used(input)?;
    Ok(Function { params, result, registers, row, blocks })
}

/// What is live on entry to the blocks of a function.
struct LiveRegisters {
    /// Strictly ascending; the last tells whether a block has named it.
    entries: Vec<(Reg, ValueType, bool)>,
}

impl LiveRegisters {
    fn read(input: &mut Reader<'_>) -> Result<LiveRegisters> {
        let max = limits::REGISTERS_MAX * limits::CLASSES_MAX;
        let mut last = None;
        let entries = short_list(input, "live registers", max, 2, |input| {
            let entry = (Reg(input.u8()?), value_type(input)?);
            if last.replace(entry).is_some_and(|last| last >= entry) {
                return Err(input.error("the live registers of a function must ascend"));
            }
            Ok((entry.0, entry.1, false))
        })?;
        Ok(LiveRegisters { entries })
    }

    /// The entry that a block names.
    fn entry(&mut self, input: &mut Reader<'_>) -> Result<(Reg, ValueType)> {
        let number = input.number()?;
        let Some((reg, ty, is_used)) = self.entries.get_mut(number as usize) else {
            return Err(input.error(format!("there is no live register {number}")));
        };
        *is_used = true;
        Ok((*reg, *ty))
    }

    /// Only what a block names may stand there: the form is canonical.
    fn are_all_used(&self, input: &Reader<'_>) -> Result<()> {
        match self.entries.iter().find(|(.., is_used)| !is_used) {
            Some((reg, ty, _)) => {
                Err(input.error(format!("no block has a live register {reg} of type {ty}")))
            }
            None => Ok(()),
        }
    }
}

fn block(input: &mut Reader<'_>, live: &mut LiveRegisters) -> Result<Block> {
    let live_in =
        short_list(input, "live registers", limits::REGISTERS_MAX, 1, |input| live.entry(input))?;
    let words = input.short_count("words", limits::FUNCTION_INSTRUCTIONS_MAX * 8, 4)?;
    let end = input.offset() + words * 4;
    let mut insts = Vec::with_capacity(words.min(1024));
    while input.offset() < end {
        insts.push(inst(input)?);
    }
    if input.offset() != end {
        return Err(input.error("the last instruction of a block reaches beyond its words"));
    }
    insts.shrink_to_fit();
    Ok(Block { live_in, insts })
}

/// What can be wrong inside of an instruction.
enum InstError {
    Decode(DecodeError),
    /// Cannot happen, because [`operand`] gives what the table asks for.
    Mismatch,
}

impl From<DecodeError> for InstError {
    fn from(error: DecodeError) -> InstError {
        InstError::Decode(error)
    }
}

impl From<Mismatch> for InstError {
    fn from(_: Mismatch) -> InstError {
        InstError::Mismatch
    }
}

fn inst(input: &mut Reader<'_>) -> Result<Inst> {
    let start = input.offset();
    let byte = input.u8()?;
    let opcode = Opcode::from_byte(byte)
        .ok_or_else(|| input.error(format!("there is no opcode 0x{byte:02x}")))?;
    let inst = Inst::build::<InstError>(opcode, |info| Ok(operand(input, start, info)?));
    let inst = inst.map_err(|error| match error {
        InstError::Decode(error) => error,
        InstError::Mismatch => input.error("an operand does not fit the table"),
    })?;
    input.align(start, 4)?;
    Ok(inst)
}

fn operand(input: &mut Reader<'_>, start: usize, info: &OperandInfo) -> Result<Operand> {
    if matches!(info.role, Role::def | Role::arg | Role::window) {
        return Ok(Operand::Reg(Reg(input.u8()?)));
    }
    match info.kind {
        Kind::i8 | Kind::boxed => {}
        Kind::i32 | Kind::i64 | Kind::f64 | Kind::u128 | Kind::i128 | Kind::field => {
            input.align(start, 4)?;
        }
        _ => input.align(start, 2)?,
    }
    Ok(match info.kind {
        Kind::i8 => Operand::I8(input.u8()? as i8),
        Kind::boxed => Operand::Box(BoxId(input.u8()?)),
        Kind::i16 => Operand::I16(input.u16()? as i16),
        Kind::u16 => Operand::U16(input.u16()?),
        Kind::i32 => Operand::I32(input.u32()? as i32),
        Kind::i64 => Operand::I64(input.u64()? as i64),
        Kind::f64 => Operand::F64(input.u64()?),
        Kind::u128 => Operand::U128(input.u128()?),
        Kind::i128 => Operand::I128(input.u128()? as i128),
        Kind::class | Kind::array => Operand::Class(ClassId(input.u16()?)),
        Kind::field => {
            let class = ClassId(input.u16()?);
            Operand::Field(FieldId { class, slot: input.u16()? })
        }
        Kind::function => Operand::Function(FunctionId(input.u16()?)),
        Kind::selector => Operand::Selector(SelectorId(input.u16()?)),
        Kind::global => Operand::Global(GlobalId(input.u16()?)),
        Kind::storage => Operand::Storage(StorageId(input.u16()?)),
        Kind::host => Operand::Host(HostId(input.u16()?)),
        Kind::constant => Operand::Constant(ConstantId(input.u16()?)),
        Kind::block => Operand::Block(BlockId(input.u16()?)),
        Kind::trap => Operand::Trap(TrapCode(input.u16()?)),
        Kind::cases => Operand::Cases(Box::new(switch(input, start)?)),
        other => return Err(input.error(format!("{other:?} is no operand on the wire"))),
    })
}

fn switch(input: &mut Reader<'_>, start: usize) -> Result<Switch> {
    let count = usize::from(input.u16()?);
    if count > limits::SWITCH_ARMS_MAX || count * 8 > input.remaining() + 8 {
        return Err(input.error(format!("a switch of {count} arms")));
    }
    let default = BlockId(input.u16()?);
    let mut cases: Vec<(i32, BlockId)> = Vec::with_capacity(count);
    for _ in 0..count {
        input.align(start, 4)?;
        let value = input.u32()? as i32;
        if cases.last().is_some_and(|last| last.0 >= value) {
            return Err(input.error("the cases of a switch must ascend"));
        }
        cases.push((value, BlockId(input.u16()?)));
    }
    Ok(Switch { default, cases })
}
