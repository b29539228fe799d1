//! Rules V9 to V16: the code of a function.

use super::effects::Summary;
use super::{Context, Result, Rule, VerifyError, fail};
use fvm_isa::{
    Block, BlockId, ClassId, Constant, Effect, FieldId, Function, FunctionId, HostInfo, Inst, Kind,
    ModuleKind, Operand, Reg, Role, Row, StorageField, StorageKind, ValueType, builtin,
    element_type, limits, unboxed_type,
};
use std::borrow::Cow;

/// Types of the registers of the frame; none where nothing is known to be set.
type Registers = [Option<ValueType>];

/// The type of a register, if it is in the frame and set.
fn type_of(registers: &Registers, reg: Reg) -> Option<ValueType> {
    registers.get(reg.index()).copied().flatten()
}

/// Checks a function and says what it does.
pub(super) fn check(cx: &Context<'_>, id: FunctionId) -> Result<Summary> {
    let function = &cx.module.functions[id.index()];
    if function.blocks.is_empty() {
        return fail(Rule::Shape, "a function needs a block");
    }
    let mut checker = Checker { cx, function, summary: Summary::default(), targets: Vec::new() };
    let mut registers = [None; limits::REGISTERS_MAX];
    let registers = &mut registers[..usize::from(function.registers).min(limits::REGISTERS_MAX)];
    for number in 0..function.blocks.len() {
        let block = BlockId(number as u16);
        let result = checker.block(block, registers);
        result.map_err(|error| VerifyError { block: Some(block), ..error })?;
    }
    permissions(cx.module.kind, checker.summary.row)?;
    own_row(function, checker.summary.row)?;
    Ok(checker.summary)
}

/// V9.
fn shape(block: &Block) -> Result<()> {
    let is_terminator = |inst: &Inst| inst.opcode().is_terminator();
    let Some((last, others)) = block.insts.split_last() else {
        return fail(Rule::Shape, "a block needs a terminator");
    };
    if !is_terminator(last) {
        return fail(Rule::Shape, "the last instruction is no terminator");
    }
    match others.iter().position(is_terminator) {
        Some(at) => {
            fail(Rule::Shape, format!("instruction {at} is a terminator, but not the last"))
        }
        None => Ok(()),
    }
}

/// V15.
fn permissions(kind: ModuleKind, row: Row) -> Result<()> {
    let forbidden = match kind {
        ModuleKind::Contract => Row(Row::PRINT.0 | Row::WORLD.0),
        ModuleKind::Library => Row(!0),
        ModuleKind::Suite => Row(!(Row::PRINT.0 | Row::WORLD.0)),
        ModuleKind::Program => Row(!Row::PRINT.0),
    };
    let found = Row(row.0 & forbidden.0);
    if found == Row::PURE {
        return Ok(());
    }
    fail(Rule::Permissions, format!("a {} must not have the effects {found}", kind.word()))
}

/// V16.
fn own_row(function: &Function, found: Row) -> Result<()> {
    if found.is_within(function.row) {
        return Ok(());
    }
    let missing = found.without(function.row);
    fail(Rule::OwnRow, format!("the row {} lacks {missing}", function.row))
}

struct Checker<'a> {
    cx: &'a Context<'a>,
    function: &'a Function,
    summary: Summary,
    /// The targets of the terminator that is looked at.
    targets: Vec<BlockId>,
}

/// The types of a call window.
struct Window<'a> {
    params: Cow<'a, [ValueType]>,
    result: Option<ValueType>,
}

impl<'a> Checker<'a> {
    fn block(&mut self, id: BlockId, registers: &mut Registers) -> Result<()> {
        let block = &self.function.blocks[id.index()];
        shape(block)?;
        self.live_in(id, block, registers)?;
        for (index, inst) in block.insts.iter().enumerate() {
            let result = self.inst(inst, registers);
            result.map_err(|error| VerifyError { inst: Some(index), ..error })?;
        }
        Ok(())
    }

    /// V10.
    fn live_in(&self, id: BlockId, block: &Block, registers: &mut Registers) -> Result<()> {
        registers.fill(None);
        let mut last = None;
        for (reg, ty) in &block.live_in {
            if last.is_some_and(|last| last >= *reg) {
                return fail(Rule::LiveIn, "live registers must ascend");
            }
            last = Some(*reg);
            if u16::from(reg.0) >= self.function.registers {
                return fail(Rule::LiveIn, format!("{reg} is outside of the frame"));
            }
            if id.0 == 0 {
                let param = self.function.params.get(reg.index());
                if !param.is_some_and(|param| self.cx.hierarchy.is_assignable(*param, *ty)) {
                    return fail(Rule::LiveIn, format!("{reg} is no parameter of type {ty}"));
                }
            }
            registers[reg.index()] = Some(*ty);
        }
        Ok(())
    }

    fn inst(&mut self, inst: &Inst, registers: &mut Registers) -> Result<()> {
        self.operands(inst)?;
        self.arguments(inst, registers)?;
        self.windows(inst, registers)?;
        self.definitions(inst, registers)?;
        self.targets(inst, registers)?;
        self.effects(inst);
        Ok(())
    }

    /// V11.
    fn operands(&self, inst: &Inst) -> Result<()> {
        let mut result = Ok(());
        inst.for_each_operand(|info, operand| {
            if result.is_ok() {
                result = self.operand(info.kind, &operand);
            }
        });
        result?;
        match inst {
            Inst::New { class, .. } => match &self.cx.module.classes[class.index()] {
                class if class.is_abstract => fail(Rule::Operands, "the class is abstract"),
                _ => Ok(()),
            },
            Inst::ConstString { constant, .. } => self.constant(inst, constant.index()),
            Inst::ConstBytes { constant, .. } => self.constant(inst, constant.index()),
            Inst::StorageGet { field, .. } | Inst::StorageSet { field, .. } => {
                self.storage(field.index(), StorageUse::Scalar)
            }
            Inst::StorageMapGet { field, .. }
            | Inst::StorageMapSet { field, .. }
            | Inst::StorageMapRemove { field, .. }
            | Inst::StorageMapContains { field, .. }
            | Inst::StorageMapFind { field, .. }
            | Inst::StorageMapSize { field, .. } => self.storage(field.index(), StorageUse::Keyed),
            _ => Ok(()),
        }
    }

    fn operand(&self, kind: Kind, operand: &Operand) -> Result<()> {
        let module = self.cx.module;
        let exists = |index: usize, count: usize| index < count;
        let fits = match operand {
            Operand::Class(class) if kind == Kind::array => element_type(*class).is_some(),
            Operand::Class(class) => {
                exists(class.index(), module.classes.len()) && *class != builtin::NULL
            }
            Operand::Box(class) => unboxed_type(class.class()).is_some(),
            Operand::Field(field) => self.field(*field).is_some(),
            Operand::Function(id) => exists(id.index(), module.functions.len()),
            Operand::Selector(id) => exists(id.index(), module.selectors.len()),
            Operand::Global(id) => exists(id.index(), module.globals.len()),
            Operand::Storage(id) => exists(id.index(), module.storage.len()),
            Operand::Constant(id) => exists(id.index(), module.constants.len()),
            Operand::Host(id) => HostInfo::by_number(*id).is_some(),
            Operand::Trap(code) => code.is_catchable() && code.info().is_some(),
            Operand::F64(bits) => {
                let value = f64::from_bits(*bits);
                !value.is_nan() || *bits == fvm_arith::double::NAN.to_bits()
            }
            Operand::Cases(switch) => switch.cases.windows(2).all(|pair| pair[0].0 < pair[1].0),
            _ => true,
        };
        if fits { Ok(()) } else { fail(Rule::Operands, format!("{operand:?} is no {kind:?}")) }
    }

    fn field(&self, field: FieldId) -> Option<ValueType> {
        let layout = self.cx.layouts.get(field.class.index())?;
        layout.get(usize::from(field.slot)).copied()
    }

    fn constant(&self, inst: &Inst, index: usize) -> Result<()> {
        let is_string = matches!(self.cx.module.constants[index], Constant::String(_));
        if is_string == matches!(inst, Inst::ConstString { .. }) {
            return Ok(());
        }
        fail(Rule::Operands, format!("k{index} is of the other kind of constants"))
    }

    fn storage(&self, index: usize, usage: StorageUse) -> Result<()> {
        let is_scalar = self.cx.module.storage[index].kind == StorageKind::Scalar;
        if is_scalar == (usage == StorageUse::Scalar) {
            return Ok(());
        }
        fail(Rule::Operands, format!("st{index} is kept in another way"))
    }

    /// V12, for what is read.
    fn arguments(&self, inst: &Inst, registers: &Registers) -> Result<()> {
        let mut result = Ok(());
        inst.for_each_register(|role, kind, reg| {
            if role == Role::arg && result.is_ok() {
                result = self.argument(inst, kind, reg, registers);
            }
        });
        result
    }

    fn argument(&self, inst: &Inst, kind: Kind, reg: Reg, registers: &Registers) -> Result<()> {
        let Some(found) = type_of(registers, reg) else {
            return fail(Rule::Registers, format!("{reg} is read and may not be set"));
        };
        let expected = match kind {
            Kind::same => found,
            Kind::array => {
                let is_array = match found {
                    ValueType::Ref(class) => {
                        class == builtin::NULL || element_type(class).is_some()
                    }
                    _ => false,
                };
                return match is_array {
                    true => Ok(()),
                    false => fail(Rule::Registers, format!("{reg} is {found}, not an array")),
                };
            }
            _ => match self.kind_type(inst, kind) {
                Some(ty) => ty,
                None => return fail(Rule::Registers, "the function has no result"),
            },
        };
        if self.cx.hierarchy.is_assignable(found, expected) {
            return Ok(());
        }
        fail(Rule::Registers, format!("{reg} is {found}, {expected} is expected"))
    }

    /// The type that a kind of register stands for in an instruction.
    fn kind_type(&self, inst: &Inst, kind: Kind) -> Option<ValueType> {
        let reference = |class: ClassId| Some(ValueType::Ref(class));
        match kind {
            Kind::class => reference(named_class(inst)),
            Kind::field => match inst {
                Inst::FieldGet { field, .. } | Inst::FieldSet { field, .. } => self.field(*field),
                _ => None,
            },
            Kind::global => match inst {
                Inst::GlobalGet { global, .. } | Inst::GlobalSet { global, .. } => {
                    self.cx.module.globals.get(global.index()).map(|global| global.ty)
                }
                _ => None,
            },
            Kind::unboxed => match inst {
                Inst::Box { class, .. } | Inst::Unbox { class, .. } => unboxed_type(class.class()),
                _ => None,
            },
            Kind::key => self.storage_field(inst).map(|field| field.key.ty()),
            Kind::stored => self.storage_field(inst).map(|field| field.value.ty()),
            Kind::result => self.function.result,
            kind => plain_type(kind),
        }
    }

    /// The storage field that an instruction names.
    fn storage_field(&self, inst: &Inst) -> Option<&StorageField> {
        inst.storage().and_then(|id| self.cx.module.storage.get(id.index()))
    }

    /// V13.
    fn windows(&mut self, inst: &Inst, registers: &mut Registers) -> Result<()> {
        let (base, window) = match inst {
            Inst::Call { base, function } => (*base, self.function_window(*function)),
            Inst::CallTry { base, function } => (*base, self.try_window(*function)?),
            Inst::Tailcall { base, function } => (*base, self.tail_window(*function)?),
            Inst::CallVirtual { base, selector } => {
                let selector = &self.cx.module.selectors[selector.index()];
                (*base, Window { params: (&selector.params).into(), result: selector.result })
            }
            Inst::CallHost { base, host } => {
                let info = HostInfo::by_number(*host);
                let operands = info.map_or(&[][..], |info| info.operands);
                let params = operands.iter().filter_map(|kind| plain_type(*kind));
                let params = params.collect::<Vec<_>>().into();
                let result = info.and_then(|info| info.result).and_then(plain_type);
                (*base, Window { params, result })
            }
            _ => return Ok(()),
        };
        let start = base.index();
        let width = window.params.len().max(usize::from(window.result.is_some()));
        if start + width > usize::from(self.function.registers) {
            return fail(Rule::Windows, format!("{width} registers from {base} leave the frame"));
        }
        for (at, param) in window.params.iter().enumerate() {
            let fits = |found| self.cx.hierarchy.is_assignable(found, *param);
            if !registers[start + at].is_some_and(fits) {
                let found = registers[start + at].map_or("nothing".into(), |ty| ty.to_string());
                let text = format!("argument {at} must be {param}, found {found}");
                return fail(Rule::Windows, text);
            }
        }
        registers[start..].fill(None);
        if let Some(result) = window.result {
            registers[start] = Some(result);
        }
        Ok(())
    }

    fn function_window(&self, id: FunctionId) -> Window<'a> {
        let callee = &self.cx.module.functions[id.index()];
        Window { params: (&callee.params).into(), result: callee.result }
    }

    /// What is caught goes into an array, so the callee's result must be a reference.
    fn try_window(&self, id: FunctionId) -> Result<Window<'a>> {
        let window = self.function_window(id);
        if window.result.is_some_and(|result| !result.is_reference()) {
            return fail(Rule::Windows, format!("{id} does not give a reference"));
        }
        Ok(Window { result: Some(ValueType::Ref(builtin::ARRAY_ANY)), ..window })
    }

    /// The callee returns in place of this function.
    fn tail_window(&self, id: FunctionId) -> Result<Window<'a>> {
        let window = self.function_window(id);
        let fits = match (window.result, self.function.result) {
            (None, None) => true,
            (Some(found), Some(expected)) => self.cx.hierarchy.is_assignable(found, expected),
            _ => false,
        };
        if !fits {
            return fail(Rule::Windows, format!("{id} does not give the result of this function"));
        }
        Ok(Window { result: None, ..window })
    }

    /// V12, for what is written.
    fn definitions(&self, inst: &Inst, registers: &mut Registers) -> Result<()> {
        let mut result = Ok(());
        // The type of a copy is that of its source, before anything is written.
        let source = match inst {
            Inst::Move { a, .. } => type_of(registers, *a),
            _ => None,
        };
        inst.for_each_register(|role, kind, reg| {
            if role == Role::window {
                return;
            }
            let Some(register) = registers.get_mut(reg.index()) else {
                if result.is_ok() {
                    result = fail(Rule::Registers, format!("{reg} is outside of the frame"));
                }
                return;
            };
            if role == Role::def {
                *register = match kind {
                    Kind::same => source,
                    kind => self.kind_type(inst, kind),
                };
            }
        });
        if matches!(inst, Inst::Ret {}) && self.function.result.is_some() {
            return fail(Rule::Registers, "the function must return a value");
        }
        result
    }

    /// V14.
    fn targets(&mut self, inst: &Inst, registers: &Registers) -> Result<()> {
        if !inst.opcode().is_terminator() {
            return Ok(());
        }
        self.targets.clear();
        inst.for_each_target(|target| self.targets.push(target));
        // The arms of a switch often share a block.
        self.targets.sort_unstable();
        self.targets.dedup();
        for target in &self.targets {
            let Some(block) = self.function.blocks.get(target.index()) else {
                return fail(Rule::Targets, format!("there is no block {target}"));
            };
            for (reg, expected) in &block.live_in {
                let found = type_of(registers, *reg);
                if !found.is_some_and(|ty| self.cx.hierarchy.is_assignable(ty, *expected)) {
                    let found = found.map_or("nothing".into(), |ty| ty.to_string());
                    let text = format!("{target} expects {reg} {expected}, found {found}");
                    return fail(Rule::Targets, text);
                }
            }
        }
        Ok(())
    }

    /// Collects what the function does.
    fn effects(&mut self, inst: &Inst) {
        let summary = &mut self.summary;
        match inst.opcode().info().effect {
            Effect::reads_storage => summary.row = summary.row.union(Row::READ),
            Effect::writes_storage => summary.row = summary.row.union(Row::WRITE),
            _ => {}
        }
        match inst {
            Inst::Call { function, .. }
            | Inst::CallTry { function, .. }
            | Inst::Tailcall { function, .. } => {
                summary.calls.insert(*function);
            }
            Inst::CallVirtual { selector, .. } => {
                summary.selectors.insert(*selector);
            }
            Inst::CallHost { host, .. } => {
                let row = HostInfo::by_number(*host).map_or(Row::PURE, |info| info.row);
                summary.row = summary.row.union(row);
            }
            Inst::New { class, .. } => {
                summary.classes.insert(*class);
            }
            _ => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StorageUse {
    Scalar,
    Keyed,
}

/// The class that an instruction names: for the kind `class`.
fn named_class(inst: &Inst) -> ClassId {
    let mut named = builtin::NULL;
    inst.for_each_operand(|_, operand| match operand {
        Operand::Class(class) => named = class,
        Operand::Field(field) => named = field.class,
        _ => {}
    });
    named
}

/// The type of a kind that needs nothing else to be known.
fn plain_type(kind: Kind) -> Option<ValueType> {
    let reference = |class: ClassId| Some(ValueType::Ref(class));
    match kind {
        Kind::bool | Kind::i32 => Some(ValueType::I32),
        Kind::i64 => Some(ValueType::I64),
        Kind::f64 => Some(ValueType::F64),
        Kind::u128 => Some(ValueType::U128),
        Kind::i128 => Some(ValueType::I128),
        Kind::any => Some(ValueType::Any),
        Kind::object => reference(builtin::OBJECT),
        Kind::string => reference(builtin::STRING),
        Kind::bytes => reference(builtin::BYTES),
        Kind::a_any => reference(builtin::ARRAY_ANY),
        Kind::a_bool => reference(builtin::ARRAY_BOOLEAN),
        Kind::a_byte => reference(builtin::ARRAY_BYTE),
        Kind::a_short => reference(builtin::ARRAY_SHORT),
        Kind::a_char => reference(builtin::ARRAY_CHAR),
        Kind::a_int => reference(builtin::ARRAY_INT),
        Kind::a_long => reference(builtin::ARRAY_LONG),
        Kind::a_double => reference(builtin::ARRAY_DOUBLE),
        Kind::null => reference(builtin::NULL),
        _ => None,
    }
}
