//! Bytecode from an allocated function: every step becomes one instruction. Which operands an
//! instruction has is asked of the instruction table; nothing here lists them again.

use crate::alloc::{Allocated, AllocatedBlock, End, Registers, Source, Step};
use crate::fold::Folding;
use crate::moves::Register;
use crate::opcodes::{self, Last, swapped};
use crate::select::immediate;
use crate::{Generated, LimitExceeded};
use fscc_base::{Crew, FastMap, FastSet, FileId, Idx, IndexVec, SourceMap, Span, share_map};
use fscc_ir::func::{Func, Imm, Inst as IrInst, Terminator};
use fscc_ir::module::{FuncId, ImportId, Module as IrModule, StorageForm};
use fscc_ir::ops::Op;
use fscc_ir::types::Type;
use fvm_isa as isa;
use fvm_isa::debug::{FunctionDebug, Position};
use fvm_isa::{Inst, Kind, Opcode, Operand, OperandInfo, Reg, Role};

/// A function ready to be emitted.
pub struct Ready<'f> {
    /// The function.
    pub func: &'f Func,
    /// What is folded.
    pub folding: Folding,
    /// Where values live.
    pub allocated: Allocated,
}

/// A function's code, and what is known of where it comes from.
pub(crate) struct Emitted {
    function: isa::Function,
    /// The function as it stands in the module's bytes.
    bytes: Vec<u8>,
    /// Files are numbered as those of the compilation.
    debug: FunctionDebug,
}

/// Emits a module; its functions in any order.
pub(crate) struct Emission<'m> {
    module: &'m IrModule,
    sources: &'m SourceMap,
    pool: Pool,
    out: isa::Module,
}

impl<'m> Emission<'m> {
    pub fn new(
        module: &'m IrModule,
        sources: &'m SourceMap,
        crew: &dyn Crew,
    ) -> Result<Self, LimitExceeded> {
        let pool = Pool::new(module, crew);
        let mut out = tables(module)?;
        for id in pool.imports.keys() {
            let import = &module.imports[*id];
            out.imports.push(isa::Import {
                library: import.library,
                name: import.name.clone(),
                params: value_types(import.params.iter().copied())?,
                result: import.result.map(value_type).transpose()?,
            });
        }
        Ok(Emission { module, sources, pool, out })
    }

    /// One function.
    pub fn function(&self, ready: &Ready<'_>) -> Result<Emitted, LimitExceeded> {
        let emitter = Emitter { module: self.module, pool: &self.pool, ready };
        let mut positions = Positions { sources: self.sources, last: None };
        let (function, debug) = emitter.function(&mut positions)?;
        let bytes = isa::wire::encode_function(&function);
        Ok(Emitted { function, bytes, debug })
    }

    /// The module of all its functions, and its debug information.
    pub fn finish(self, emitted: Vec<Emitted>, abi: Vec<u8>) -> Generated {
        let Emission { pool, out, sources, .. } = self;
        let mut module = isa::Module { constants: pool.constants, abi, ..out };
        let mut debug = isa::DebugInfo::default();
        let mut encoded = Vec::with_capacity(emitted.len());
        for Emitted { function, bytes, debug: names } in emitted {
            module.functions.push(function);
            debug.functions.push(names);
            encoded.push(bytes);
        }
        let bytes = isa::wire::encode_with(&module, &encoded);
        number_files(&mut debug, sources);
        debug.code_hash = isa::wire::code_hash(&bytes);
        Generated { module, bytes, debug }
    }
}

/// Numbers the files of all positions as they are met, files of one name alike.
fn number_files(debug: &mut isa::DebugInfo, sources: &SourceMap) {
    let mut names: FastSet<&str> = FastSet::default();
    let mut numbers: IndexVec<FileId, Option<u32>> = sources.iter().map(|_| None).collect();
    for span in debug.functions.iter_mut().flat_map(|function| &mut function.spans) {
        let file = FileId::from_u32(span.position.file);
        let name = || names.insert_full(sources.file(file).name.as_str()).0 as u32;
        span.position.file = *numbers[file].get_or_insert_with(name);
    }
    debug.files = names.into_iter().map(str::to_owned).collect();
}

/// The constants and imports of a module: what its functions use of them.
struct Pool {
    /// Each once, ascending: canonical.
    constants: Vec<isa::Constant>,
    numbers: FastMap<Imm, usize>,
    /// Where an import stands among those that are used, ascending.
    imports: FastMap<ImportId, usize>,
}

impl Pool {
    fn new(module: &IrModule, crew: &dyn Crew) -> Pool {
        let used = share_map(crew, module.funcs.len(), |number| {
            let blocks = &module.funcs[FuncId::new(number)].blocks;
            let imms = blocks.iter().flat_map(|data| &data.insts).map(|inst| &inst.imm);
            let is_kept =
                |imm: &&Imm| matches!(imm, Imm::String(_) | Imm::Bytes(_) | Imm::Import(_));
            imms.filter(is_kept).collect::<Vec<_>>()
        });
        let found: FastSet<&Imm> = used.into_iter().flatten().collect();
        let mut imports: Vec<ImportId> = found.iter().filter_map(|imm| import(imm)).collect();
        imports.sort_unstable_by_key(|id| &module.imports[*id]);
        let imports = imports.into_iter().enumerate().map(|(rank, id)| (id, rank)).collect();
        let constants = found.into_iter().filter_map(|imm| Some((constant(imm)?, imm)));
        let mut constants: Vec<(isa::Constant, &Imm)> = constants.collect();
        constants.sort_unstable();
        let numbers = constants.iter().enumerate().map(|(at, (_, imm))| ((*imm).clone(), at));
        let numbers = numbers.collect();
        let constants = constants.into_iter().map(|(constant, _)| constant).collect();
        Pool { constants, numbers, imports }
    }
}

fn import(imm: &Imm) -> Option<ImportId> {
    match imm {
        Imm::Import(import) => Some(*import),
        _ => None,
    }
}

fn constant(imm: &Imm) -> Option<isa::Constant> {
    match imm {
        Imm::String(units) => Some(isa::Constant::String(units.to_vec())),
        Imm::Bytes(bytes) => Some(isa::Constant::Bytes(bytes.to_vec())),
        _ => None,
    }
}

/// Everything but constants, functions and ABI.
fn tables(module: &IrModule) -> Result<isa::Module, LimitExceeded> {
    use fscc_ir::module::{ExportKind, ModuleKind, StorageKind};
    let kind = match module.kind {
        ModuleKind::Program => isa::ModuleKind::Program,
        ModuleKind::Contract => isa::ModuleKind::Contract,
        ModuleKind::Library => isa::ModuleKind::Library,
        ModuleKind::Suite => isa::ModuleKind::Suite,
    };
    let mut out = isa::Module::new(&module.name, kind);
    out.classes.clear();
    for class in &module.classes {
        let fields = class.fields.iter().map(|field| {
            let ty = value_type(field.ty)?;
            Ok(isa::Field { name: field.name.clone(), ty, mutable: field.mutable })
        });
        // An abstract class has no instances, so nothing is ever dispatched through it.
        let methods = class
            .methods
            .iter()
            .filter(|_| !class.is_abstract)
            .map(|(selector, func)| Ok((selector_id(*selector)?, function_id(*func)?)));
        let mut traits =
            class.traits.iter().map(|c| class_id(*c)).collect::<Result<Vec<_>, _>>()?;
        traits.sort_unstable();
        traits.dedup();
        let mut methods = methods.collect::<Result<Vec<_>, LimitExceeded>>()?;
        methods.sort_unstable();
        out.classes.push(isa::Class {
            name: class.name.clone(),
            superclass: class.superclass.map(class_id).transpose()?,
            traits,
            fields: fields.collect::<Result<_, LimitExceeded>>()?,
            is_abstract: class.is_abstract,
            methods,
        });
    }
    for selector in &module.selectors {
        out.selectors.push(isa::Selector {
            name: selector.name.clone(),
            owner: class_id(selector.owner)?,
            params: value_types(selector.params.iter().copied())?,
            result: selector.result.map(value_type).transpose()?,
        });
    }
    for global in &module.globals {
        let ty = value_type(global.ty)?;
        out.globals.push(isa::Global { name: global.name.clone(), ty });
    }
    for field in &module.storage {
        let kind = match field.kind {
            StorageKind::Scalar => isa::StorageKind::Scalar,
            StorageKind::Map => isa::StorageKind::Map,
            StorageKind::Set => isa::StorageKind::Set,
        };
        let (name, ty) = (field.name.clone(), field.ty.clone());
        let (key, value) = (storage_form(field.key), storage_form(field.value));
        out.storage.push(isa::StorageField { name, kind, key, value, ty });
    }
    for export in &module.exports {
        let kind = match export.kind {
            ExportKind::Main => isa::ExportKind::Main,
            ExportKind::Init => isa::ExportKind::Init,
            ExportKind::Entry => isa::ExportKind::Entry,
            ExportKind::Payable => isa::ExportKind::Payable,
            ExportKind::View => isa::ExportKind::View,
            ExportKind::Handler => isa::ExportKind::Handler,
            ExportKind::Test => isa::ExportKind::Test,
            ExportKind::Function => isa::ExportKind::Function,
        };
        out.exports.push(isa::Export {
            name: export.name.clone(),
            function: function_id(export.func)?,
            method_id: export.method_id,
            kind,
            row: isa::Row(export.row.0),
        });
    }
    Ok(out)
}

fn storage_form(form: StorageForm) -> isa::StorageForm {
    match form {
        StorageForm::Bytes => isa::StorageForm::Bytes,
        StorageForm::Boolean => isa::StorageForm::Boolean,
        StorageForm::Byte => isa::StorageForm::Byte,
        StorageForm::Short => isa::StorageForm::Short,
        StorageForm::Char => isa::StorageForm::Char,
        StorageForm::Int => isa::StorageForm::Int,
        StorageForm::Long => isa::StorageForm::Long,
        StorageForm::UInt128 => isa::StorageForm::UInt128,
        StorageForm::Int128 => isa::StorageForm::Int128,
    }
}

/// A name that debug information can hold.
fn shortened(name: &str) -> String {
    let most = isa::limits::NAME_BYTES_MAX;
    let ends = name.char_indices().map(|(at, char)| at + char.len_utf8());
    let end = ends.take_while(|end| *end <= most).last().unwrap_or(0);
    name[..end].to_owned()
}

/// Source positions; files have the numbers that they have in this compilation.
struct Positions<'a> {
    sources: &'a SourceMap,
    /// The place that was asked for last: neighbours often come from one.
    last: Option<(Span, Option<Position>)>,
}

impl Positions<'_> {
    fn of(&mut self, span: Span) -> Option<Position> {
        if let Some((_, position)) = self.last.filter(|(last, _)| *last == span) {
            return position;
        }
        let position = self.sources.place(span).map(|(_, at)| Position {
            file: span.file.as_u32(),
            line: at.line,
            column: at.column,
        });
        self.last = Some((span, position));
        position
    }
}

struct Emitter<'a> {
    module: &'a IrModule,
    pool: &'a Pool,
    ready: &'a Ready<'a>,
}

impl Emitter<'_> {
    fn function(
        &self,
        positions: &mut Positions<'_>,
    ) -> Result<(isa::Function, FunctionDebug), LimitExceeded> {
        let Ready { func, allocated, .. } = self.ready;
        let mut debug = FunctionDebug { name: shortened(&func.name), ..FunctionDebug::default() };
        let mut blocks = Vec::with_capacity(allocated.blocks.len());
        let mut row = isa::Row::PURE;
        for (number, block) in allocated.blocks.iter().enumerate() {
            let (emitted, spans) = self.block(block)?;
            let mut last = None;
            for (at, span) in spans.into_iter().enumerate() {
                let Some(position) = positions.of(span) else { continue };
                if last != Some(position) {
                    last = Some(position);
                    let block = number as u16;
                    debug.spans.push(isa::debug::Span { block, inst: at as u32, position });
                }
            }
            row = emitted.insts.iter().fold(row, |row, inst| row.union(own_row(inst)));
            blocks.push(emitted);
        }
        let function = isa::Function {
            params: value_types(func.param_types())?,
            result: func.result.map(value_type).transpose()?,
            registers: allocated.frame,
            row,
            blocks,
        };
        Ok((function, debug))
    }

    fn block(&self, block: &AllocatedBlock) -> Result<(isa::Block, Vec<Span>), LimitExceeded> {
        let func = self.ready.func;
        let mut insts = Vec::with_capacity(block.steps.len() + 1);
        let mut spans = Vec::with_capacity(block.steps.len() + 1);
        let source = match block.source {
            Source::Block(source) | Source::Edge(source, _) => &func.blocks[source],
        };
        for step in &block.steps {
            let mut span = source.term.span;
            insts.push(match step {
                Step::Move(m) => Inst::Move { dst: Reg(m.to), a: Reg(m.from) },
                Step::Load { to, constant } => {
                    let (op, imm) = self
                        .ready
                        .folding
                        .constant(func, *constant)
                        .expect("the allocator loads only constants");
                    let plan = Plan { def: Some(*to), ..Plan::of(opcodes::constant(op, imm), imm) };
                    self.build(&plan)?
                }
                Step::Inst { at, uses, def, second: Some(second), .. } => {
                    let inst = &source.insts[*at];
                    span = inst.span;
                    let plan = Plan::of(Opcode::StorageMapFind, &inst.imm);
                    self.build(&Plan { def: *def, second: Some(*second), uses, ..plan })?
                }
                Step::Inst { at, uses, def, second: None, window } => {
                    let inst = &source.insts[*at];
                    span = inst.span;
                    self.instruction(inst, uses, *def, *window)?
                }
            });
            spans.push(span);
        }
        insts.push(match &block.end {
            End::Jump(target) => Inst::Jump { to: block_id(*target)? },
            End::Terminator { uses, window, targets } => {
                self.terminator(&source.term, uses, *window, targets)?
            }
        });
        spans.push(source.term.span);
        let mut live_in = Vec::with_capacity(block.live_in.len());
        for (register, value) in &block.live_in {
            live_in.push((Reg(*register), value_type(func.values[*value])?));
        }
        Ok((isa::Block { live_in, insts }, spans))
    }

    fn instruction(
        &self,
        inst: &IrInst,
        uses: &Registers,
        def: Option<Register>,
        window: Option<Register>,
    ) -> Result<Inst, LimitExceeded> {
        let func = self.ready.func;
        let small = immediate(func, &self.ready.folding, inst);
        let mut uses = uses.clone();
        let opcode = match (inst.op, small) {
            (_, Some(_)) => {
                uses.pop();
                opcodes::immediate(inst.op)
            }
            (Op::ArrayGet | Op::ArraySet, None) => opcodes::array(inst),
            // There is no `a > b`: it is `b < a`.
            (Op::I32Gt | Op::I32Ge | Op::I64Gt | Op::I64Ge | Op::F64Gt | Op::F64Ge, None) => {
                uses.reverse();
                opcodes::plain(swapped(inst.op))
            }
            // Imported functions are numbered like others.
            (Op::CallImport, None) => Opcode::Call,
            (op, None) if op.is_constant() => opcodes::constant(op, &inst.imm),
            (op, None) => opcodes::plain(op),
        };
        self.build(&Plan { def, uses: &uses, window, small, ..Plan::of(opcode, &inst.imm) })
    }

    fn terminator(
        &self,
        term: &Terminator,
        uses: &Registers,
        window: Option<Register>,
        targets: &[usize],
    ) -> Result<Inst, LimitExceeded> {
        let func = self.ready.func;
        let comparison =
            term.args.first().and_then(|value| self.ready.folding.comparison(func, *value));
        if let (Op::Branch, Some((block, at))) = (term.op, comparison) {
            let inst = &func.blocks[block].insts[at];
            return self.fused_branch(inst, uses, targets);
        }
        let opcode = match term.op {
            Op::Return if term.args.is_empty() => Opcode::Ret,
            Op::Return => Opcode::RetValue,
            op => opcodes::plain(op),
        };
        self.build(&Plan { uses, window, targets, ..Plan::of(opcode, &term.imm) })
    }

    fn fused_branch(
        &self,
        inst: &IrInst,
        uses: &Registers,
        targets: &[usize],
    ) -> Result<Inst, LimitExceeded> {
        let small = immediate(self.ready.func, &self.ready.folding, inst);
        let mut uses = uses.clone();
        let mut op = inst.op;
        if small.is_some() {
            uses.pop();
        } else if swapped(op) != op {
            uses.reverse();
            op = swapped(op);
        }
        let last = if small.is_some() { Last::Immediate } else { Last::Register };
        let opcode = opcodes::branch(op, last);
        self.build(&Plan { uses: &uses, small, targets, ..Plan::of(opcode, &inst.imm) })
    }

    /// Makes the instruction that the plan describes, operand by operand as the table asks.
    fn build(&self, plan: &Plan<'_>) -> Result<Inst, LimitExceeded> {
        let mut uses = plan.uses.iter();
        let mut targets = plan.targets.iter();
        let mut defs = [plan.def, plan.second].into_iter();
        let register = |register: Option<Register>| {
            register.map(|number| Operand::Reg(Reg(number))).ok_or(Failure::Mismatch)
        };
        let built = Inst::build(plan.opcode, |info: &'static OperandInfo| match info.role {
            Role::def => register(defs.next().flatten()),
            Role::arg => register(uses.next().copied()),
            Role::window => register(plan.window),
            Role::imm => literal(info.kind, plan).ok_or(Failure::Mismatch),
            Role::to if info.kind == Kind::block => {
                Ok(Operand::Block(block_id(*targets.next().ok_or(Failure::Mismatch)?)?))
            }
            Role::to if info.kind == Kind::cases => cases(plan),
            Role::to => self.reference(info.kind, plan.imm),
        });
        match built {
            Ok(inst) => Ok(inst),
            Err(Failure::Limit(limit)) => Err(limit),
            Err(Failure::Mismatch) => {
                panic!("{} cannot be made from {:?}", plan.opcode.mnemonic(), plan.imm)
            }
        }
    }

    fn reference(&self, kind: Kind, imm: &Imm) -> Result<Operand, Failure> {
        Ok(match (kind, imm) {
            (Kind::boxed, Imm::Class(class)) => {
                let number = u8::try_from(class.as_u32()).map_err(|_| Failure::Mismatch)?;
                Operand::Box(isa::BoxId(number))
            }
            (Kind::class | Kind::array, Imm::Class(class)) => Operand::Class(class_id(*class)?),
            (Kind::field, Imm::Field(field)) => {
                let slot = narrow(self.module.slot(*field), "CLASS_SLOTS_MAX")?;
                Operand::Field(isa::FieldId { class: class_id(field.class)?, slot })
            }
            (Kind::function, Imm::Func(func)) => Operand::Function(function_id(*func)?),
            (Kind::function, Imm::Import(import)) => {
                let rank = *self.pool.imports.get(import).ok_or(Failure::Mismatch)?;
                let number = self.module.funcs.len() + rank;
                Operand::Function(isa::FunctionId(narrow(number, "FUNCTIONS_MAX")?))
            }
            (Kind::selector, Imm::Selector(selector)) => Operand::Selector(selector_id(*selector)?),
            (Kind::global, Imm::Global(global)) => {
                Operand::Global(isa::GlobalId(narrow(global.as_u32(), "GLOBALS_MAX")?))
            }
            (Kind::storage, Imm::Storage(field)) => {
                Operand::Storage(isa::StorageId(narrow(field.as_u32(), "STORAGE_FIELDS_MAX")?))
            }
            (Kind::host, Imm::Host(number)) => Operand::Host(isa::HostId(*number)),
            (Kind::trap, Imm::Trap(code)) => Operand::Trap(isa::TrapCode(*code)),
            (Kind::constant, imm) => {
                let at = *self.pool.numbers.get(imm).ok_or(Failure::Mismatch)?;
                Operand::Constant(isa::ConstantId(narrow(at, "CONSTANTS_MAX")?))
            }
            _ => return Err(Failure::Mismatch),
        })
    }
}

/// An instruction to be made.
#[derive(Clone, Copy)]
struct Plan<'a> {
    opcode: Opcode,
    def: Option<Register>,
    /// The second result.
    second: Option<Register>,
    uses: &'a [Register],
    window: Option<Register>,
    small: Option<i8>,
    imm: &'a Imm,
    targets: &'a [usize],
}

impl<'a> Plan<'a> {
    fn of(opcode: Opcode, imm: &'a Imm) -> Plan<'a> {
        let (def, second, window, small) = (None, None, None, None);
        Plan { opcode, def, second, uses: &[], window, small, imm, targets: &[] }
    }
}

/// Why an instruction could not be made.
enum Failure {
    /// The function or module is too large.
    Limit(LimitExceeded),
    /// The SSA operation and the instruction table disagree: our bug.
    Mismatch,
}

impl From<isa::Mismatch> for Failure {
    fn from(_: isa::Mismatch) -> Failure {
        Failure::Mismatch
    }
}

impl From<LimitExceeded> for Failure {
    fn from(limit: LimitExceeded) -> Failure {
        Failure::Limit(limit)
    }
}

fn literal(kind: Kind, plan: &Plan<'_>) -> Option<Operand> {
    Some(match (kind, plan.imm) {
        (Kind::i8, _) => Operand::I8(plan.small?),
        (Kind::i16, Imm::I32(number)) => Operand::I16(i16::try_from(*number).ok()?),
        (Kind::i16, Imm::I64(number)) => Operand::I16(i16::try_from(*number).ok()?),
        (Kind::u16, Imm::U128(number)) => Operand::U16(u16::try_from(*number).ok()?),
        (Kind::i32, Imm::I32(number)) => Operand::I32(*number),
        (Kind::i64, Imm::I64(number)) => Operand::I64(*number),
        (Kind::f64, Imm::F64(bits)) => Operand::F64(*bits),
        (Kind::u128, Imm::U128(number)) => Operand::U128(*number),
        (Kind::i128, Imm::I128(number)) => Operand::I128(*number),
        _ => return None,
    })
}

fn cases(plan: &Plan<'_>) -> Result<Operand, Failure> {
    let Imm::Cases(values) = plan.imm else { return Err(Failure::Mismatch) };
    let (default, targets) = plan.targets.split_last().ok_or(Failure::Mismatch)?;
    let mut cases = Vec::with_capacity(values.len());
    for (value, target) in values.iter().zip(targets) {
        cases.push((*value, block_id(*target)?));
    }
    let default = block_id(*default)?;
    Ok(Operand::Cases(Box::new(isa::Switch { default, cases })))
}

/// The effects of one instruction.
fn own_row(inst: &Inst) -> isa::Row {
    match inst {
        Inst::CallHost { host, .. } => {
            isa::HostInfo::by_number(*host).map_or(isa::Row::PURE, |info| info.row)
        }
        inst => match inst.opcode().info().effect {
            isa::Effect::reads_storage => isa::Row::READ,
            isa::Effect::writes_storage => isa::Row::WRITE,
            _ => isa::Row::PURE,
        },
    }
}

fn value_types(types: impl Iterator<Item = Type>) -> Result<Vec<isa::ValueType>, LimitExceeded> {
    types.map(value_type).collect()
}

fn value_type(ty: Type) -> Result<isa::ValueType, LimitExceeded> {
    Ok(match ty {
        Type::I32 => isa::ValueType::I32,
        Type::I64 => isa::ValueType::I64,
        Type::F64 => isa::ValueType::F64,
        Type::U128 => isa::ValueType::U128,
        Type::I128 => isa::ValueType::I128,
        Type::Any => isa::ValueType::Any,
        Type::Ref(class) => isa::ValueType::Ref(class_id(class)?),
    })
}

fn narrow(number: impl TryInto<u16>, limit: &'static str) -> Result<u16, LimitExceeded> {
    number.try_into().map_err(|_| LimitExceeded { limit, function: None })
}

fn class_id(class: fscc_ir::types::ClassId) -> Result<isa::ClassId, LimitExceeded> {
    narrow(class.as_u32(), "CLASSES_MAX").map(isa::ClassId)
}

fn function_id(func: FuncId) -> Result<isa::FunctionId, LimitExceeded> {
    narrow(func.as_u32(), "FUNCTIONS_MAX").map(isa::FunctionId)
}

fn selector_id(selector: fscc_ir::module::SelectorId) -> Result<isa::SelectorId, LimitExceeded> {
    narrow(selector.as_u32(), "SELECTORS_MAX").map(isa::SelectorId)
}

fn block_id(block: usize) -> Result<isa::BlockId, LimitExceeded> {
    narrow(block, "FUNCTION_BLOCKS_MAX").map(isa::BlockId)
}
