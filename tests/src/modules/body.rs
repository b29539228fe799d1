//! The code of a function of a random module.

use super::choices::Choices;
use super::tables::{Tables, array};
use super::values::plain;
use fvm_isa::{
    Block, BlockId, BoxId, ClassId, FieldId, FunctionId, GlobalId, HostInfo, Inst, Kind, Mismatch,
    Opcode, Operand, Reg, Role, SelectorId, StorageId, StorageKind, Switch, TRAPS, ValueType,
    builtin, unboxed_type,
};

/// Registers for call windows, behind the others.
const WINDOW: usize = 8;
/// Registers that are never live at the start of a block: what a terminator looks at fits there.
const SCRATCH: usize = 4;

/// A function that is being made.
pub struct Body<'t, 'c> {
    pub tables: &'t mut Tables,
    pub choices: Choices<'c>,
    /// The types of the registers at this place.
    pub types: Vec<Option<ValueType>>,
    number: usize,
    locals: usize,
    /// The block that is being made.
    at: usize,
    blocks: Vec<Block>,
    /// Whether somebody has decided what is live at the start of a block.
    is_decided: Vec<bool>,
    insts: Vec<Inst>,
}

/// What an instruction names beside registers.
#[derive(Default)]
struct Names {
    operands: Vec<Operand>,
    class: Option<ClassId>,
    /// The type of the field, variable or scalar that is named.
    ty: Option<ValueType>,
    key: Option<ValueType>,
    stored: Option<ValueType>,
}

impl<'t, 'c> Body<'t, 'c> {
    /// The body of the function with this number.
    pub fn new(tables: &'t mut Tables, mut choices: Choices<'c>, number: usize) -> Body<'t, 'c> {
        let params = tables.module.functions[number].params.clone();
        let locals = params.len().max(3) + choices.below(6);
        let count = 1 + choices.below(7);
        let mut blocks = vec![Block::default(); count];
        blocks[0].live_in =
            params.iter().enumerate().map(|(at, ty)| (Reg(at as u8), *ty)).collect();
        let mut is_decided = vec![false; count];
        is_decided[0] = true;
        let types = vec![None; locals + WINDOW + SCRATCH];
        let (at, insts) = (0, Vec::new());
        Body { tables, choices, types, number, locals, at, blocks, is_decided, insts }
    }

    /// Makes all blocks and puts them into the function.
    pub fn fill(mut self) {
        for at in 0..self.blocks.len() {
            self.at = at;
            self.is_decided[at] = true;
            self.types.fill(None);
            for (reg, ty) in self.blocks[at].live_in.clone() {
                self.types[reg.index()] = Some(ty);
            }
            let count = self.choices.below(9);
            for _ in 0..count {
                if !self.choices.is_empty() {
                    self.instruction();
                }
            }
            self.terminator();
            self.blocks[at].insts = std::mem::take(&mut self.insts);
        }
        let function = &mut self.tables.module.functions[self.number];
        function.registers = self.types.len() as u16;
        function.blocks = self.blocks;
    }

    /// Adds an instruction.
    pub fn put(&mut self, inst: Inst) {
        self.insts.push(inst);
    }

    /// The register that the last instruction writes.
    fn last(&self) -> Option<Reg> {
        let mut last = None;
        self.insts.last()?.for_each_register(|role, _, reg| {
            if role == Role::def {
                last = Some(reg);
            }
        });
        last
    }

    /// Whether a value of a type may stand where another is expected.
    pub fn fits(&self, from: ValueType, to: ValueType) -> bool {
        self.tables.is_assignable(from, to)
    }

    /// Any instruction that is no terminator; calls are more likely than others.
    fn instruction(&mut self) {
        const CALLS: [Opcode; 4] =
            [Opcode::Call, Opcode::CallTry, Opcode::CallVirtual, Opcode::CallHost];
        let opcode = match self.choices.below(9) {
            6 => self.choices.pick(&CALLS),
            7 | 8 => return self.pair(),
            _ => {
                let at = self.choices.below(self.tables.opcodes.len());
                self.tables.opcodes.get(at).copied()
            }
        };
        match opcode.unwrap_or(Opcode::ConstUnit) {
            Opcode::Call => {
                let callees = self.callees(|_| true);
                self.call(&callees, Opcode::Call);
            }
            Opcode::CallTry => {
                let callees = self.callees(|result| result.is_none_or(ValueType::is_reference));
                self.call(&callees, Opcode::CallTry);
            }
            Opcode::CallVirtual => self.call_virtual(),
            Opcode::CallHost => self.call_host(),
            opcode => self.plain(opcode),
        }
    }

    /// An instruction whose operands the table tells.
    fn plain(&mut self, opcode: Opcode) {
        let Some(names) = self.names(opcode) else { return };
        let inst = self.build(opcode, &names, &[]);
        self.put(inst);
    }

    /// Chooses what an instruction names; none if there is nothing that it could name.
    fn names(&mut self, opcode: Opcode) -> Option<Names> {
        let mut names = Names::default();
        for operand in opcode.info().operands {
            let chosen = match (operand.role, operand.kind) {
                (Role::imm, kind) => self.immediate(kind),
                (Role::to, Kind::block) => continue,
                (Role::to, kind) => self.name(opcode, kind, &mut names)?,
                _ => continue,
            };
            names.operands.push(chosen);
        }
        Some(names)
    }

    /// An immediate of a kind.
    pub fn immediate(&mut self, kind: Kind) -> Operand {
        let bits = self.choices.bits();
        match kind {
            Kind::i8 => Operand::I8(bits as i8),
            Kind::i16 => Operand::I16(bits as i16),
            Kind::u16 => Operand::U16(bits as u16),
            Kind::i32 => Operand::I32(bits as i32),
            Kind::i64 => Operand::I64(bits as i64),
            Kind::f64 => Operand::F64(match f64::from_bits(bits) {
                value if value.is_nan() => 0x7ff8_0000_0000_0000,
                value => value.to_bits(),
            }),
            Kind::i128 => Operand::I128(i128::from(bits as i64) << (bits % 60)),
            _ => Operand::U128(u128::from(bits) << (bits % 64)),
        }
    }

    fn name(&mut self, opcode: Opcode, kind: Kind, names: &mut Names) -> Option<Operand> {
        let module = &self.tables.module;
        Some(match kind {
            Kind::boxed => {
                let class = self.boxed();
                names.ty = unboxed_type(class);
                Operand::Box(BoxId(class.0 as u8))
            }
            Kind::array => {
                let class = array(&mut self.choices);
                names.class = Some(class);
                Operand::Class(class)
            }
            Kind::class if opcode == Opcode::New => {
                let class = self.choices.pick(&self.tables.instances(builtin::OBJECT))?;
                names.class = Some(class);
                Operand::Class(class)
            }
            Kind::class => {
                let class = ClassId(1 + self.choices.below(module.classes.len() - 1) as u16);
                names.class = Some(class);
                Operand::Class(class)
            }
            Kind::field => {
                let all = (0..module.classes.len() as u16).map(ClassId).flat_map(|class| {
                    let types: Vec<ValueType> =
                        module.layout(class).iter().map(|field| field.ty).collect();
                    types
                        .into_iter()
                        .enumerate()
                        .map(move |(slot, ty)| (FieldId { class, slot: slot as u16 }, ty))
                });
                let (field, ty) = self.choices.pick(&all.collect::<Vec<_>>())?;
                (names.class, names.ty) = (Some(field.class), Some(ty));
                Operand::Field(field)
            }
            Kind::global => {
                let at = self.choices.below(module.globals.len());
                names.ty = Some(module.globals[at].ty);
                Operand::Global(GlobalId(at as u16))
            }
            Kind::storage => {
                let is_scalar = matches!(opcode, Opcode::StorageGet | Opcode::StorageSet);
                let fields: Vec<usize> = (0..module.storage.len())
                    .filter(|at| (module.storage[*at].kind == StorageKind::Scalar) == is_scalar)
                    .collect();
                let at = self.choices.pick(&fields)?;
                names.key = Some(module.storage[at].key.ty());
                names.stored = Some(module.storage[at].value.ty());
                Operand::Storage(StorageId(at as u16))
            }
            Kind::constant => Operand::Constant(self.constant(opcode == Opcode::ConstString)),
            Kind::trap => {
                let codes: Vec<_> =
                    TRAPS.iter().map(|trap| trap.code).filter(|code| code.is_catchable()).collect();
                Operand::Trap(self.choices.pick(&codes)?)
            }
            _ => return None,
        })
    }

    /// The type of a kind of register.
    fn kind_type(&mut self, kind: Kind, names: &Names) -> ValueType {
        let ty = match kind {
            Kind::class => names.class.map(ValueType::Ref),
            Kind::field | Kind::global | Kind::unboxed => names.ty,
            Kind::key => names.key,
            Kind::stored => names.stored,
            Kind::array => Some(ValueType::Ref(array(&mut self.choices))),
            Kind::result => self.tables.module.functions[self.number].result,
            Kind::same => Some(self.tables.ty(&mut self.choices)),
            kind => plain(kind),
        };
        ty.unwrap_or(ValueType::Any)
    }

    /// Chooses registers for an instruction, makes what they must hold, and notes what they hold
    /// afterwards.
    fn build(&mut self, opcode: Opcode, names: &Names, targets: &[BlockId]) -> Inst {
        let mut taken = Vec::new();
        let mut same = None;
        let mut args = Vec::new();
        for operand in opcode.info().operands.iter().filter(|o| o.role == Role::arg) {
            let is_place = ["index", "start", "end", "count", "length"]
                .iter()
                .any(|name| operand.name.ends_with(name));
            args.push(match operand.kind {
                Kind::i32 if is_place && self.choices.below(4) < 3 => self.small(&mut taken),
                kind => {
                    let ty = self.kind_type(kind, names);
                    let reg = self.value(ty, &mut taken);
                    if kind == Kind::same {
                        same = self.types[reg.index()];
                    }
                    reg
                }
            });
        }
        let mut defs = Vec::new();
        for operand in opcode.info().operands.iter().filter(|o| o.role == Role::def) {
            let ty = match operand.kind {
                Kind::same => same.unwrap_or(ValueType::Any),
                kind => self.kind_type(kind, names),
            };
            let dst = Reg(self.choices.below(self.types.len()) as u8);
            self.types[dst.index()] = Some(ty);
            defs.push(dst);
        }
        let (mut args, mut defs) = (args.into_iter(), defs.into_iter());
        let (mut others, mut targets) = (names.operands.iter(), targets.iter());
        let built = Inst::build(opcode, |info| {
            let operand = match (info.role, info.kind) {
                (Role::def, _) => defs.next().map(Operand::Reg),
                (Role::arg, _) => args.next().map(Operand::Reg),
                (Role::to, Kind::block) => targets.next().copied().map(Operand::Block),
                _ => others.next().cloned(),
            };
            operand.ok_or(Mismatch)
        });
        built.unwrap_or(Inst::ConstUnit { dst: Reg(0) })
    }

    // ── calls ──

    /// Functions whose result is as wanted.
    fn callees(&self, is_wanted: impl Fn(Option<ValueType>) -> bool) -> Vec<FunctionId> {
        let all = self.tables.module.functions.iter().enumerate();
        let wanted = all.filter(|(_, function)| is_wanted(function.result));
        wanted.map(|(at, _)| FunctionId(at as u16)).collect()
    }

    fn call(&mut self, callees: &[FunctionId], opcode: Opcode) {
        let Some(function) = self.choices.pick(callees) else { return };
        let callee = &self.tables.module.functions[function.index()];
        let (params, result) = (callee.params.clone(), callee.result);
        let base = self.window(&params);
        match opcode {
            Opcode::CallTry => {
                self.put(Inst::CallTry { base, function });
                self.after_call(base, Some(ValueType::Ref(builtin::ARRAY_ANY)));
            }
            _ => {
                self.put(Inst::Call { base, function });
                self.after_call(base, result);
            }
        }
    }

    fn call_virtual(&mut self) {
        let at = self.choices.below(self.tables.module.selectors.len());
        let Some(selector) = self.tables.module.selectors.get(at) else { return };
        let (params, result) = (selector.params.clone(), selector.result);
        let base = self.window(&params);
        self.put(Inst::CallVirtual { base, selector: SelectorId(at as u16) });
        self.after_call(base, result);
    }

    fn call_host(&mut self) {
        let at = self.choices.below(self.tables.hosts.len());
        let info = self.tables.hosts.get(at).and_then(|host| HostInfo::by_number(*host));
        let Some(info) = info else { return };
        let params: Vec<ValueType> = info.operands.iter().filter_map(|kind| plain(*kind)).collect();
        let base = self.window(&params);
        self.put(Inst::CallHost { base, host: info.number });
        self.after_call(base, info.result.and_then(plain));
    }

    /// Puts arguments into a window, and gives its first register. Nothing below it is changed.
    fn window(&mut self, params: &[ValueType]) -> Reg {
        let room = self.types.len() - params.len().max(1);
        let base = match self.choices.below(4) {
            3 => self.choices.below(room + 1),
            _ => self.locals.min(room),
        };
        for (at, ty) in params.iter().enumerate() {
            let dst = Reg((base + at) as u8);
            let below: Vec<Reg> = (0..base as u8)
                .map(Reg)
                .filter(|reg| self.types[reg.index()].is_some_and(|found| self.fits(found, *ty)))
                .collect();
            match self.choices.below(4) {
                3 => self.make(*ty, dst),
                _ => match self.choices.pick(&below) {
                    Some(a) => {
                        self.put(Inst::Move { dst, a });
                        self.types[dst.index()] = self.types[a.index()];
                    }
                    None => self.make(*ty, dst),
                },
            }
        }
        Reg(base as u8)
    }

    fn after_call(&mut self, base: Reg, result: Option<ValueType>) {
        self.types[base.index()..].fill(None);
        self.types[base.index()] = result;
    }

    // ── the ends of blocks ──

    fn terminator(&mut self) {
        let is_last = self.at + 1 == self.blocks.len();
        match self.choices.below(16) {
            0 | 1 => self.leave(),
            2..=4 if is_last => self.leave(),
            2 | 3 => {
                let to = self.target(&[]);
                self.put(Inst::Jump { to });
            }
            13 => self.switch(),
            14 => self.fail(),
            15 => self.tail_call(),
            _ => {
                let opcode = self.choices.below(self.tables.branches.len());
                let opcode = self.tables.branches[opcode];
                let yes = self.target(&[]);
                let no = self.target(&[yes]);
                // What is looked at must not take the place of what is expected.
                let kept: Vec<Reg> = self.expected(&[yes, no]);
                let Some(names) = self.names(opcode) else { return self.leave() };
                let inst = self.build_apart(opcode, &names, &[yes, no], &kept);
                self.put(inst);
            }
        }
    }

    /// As `build`, but nothing is made in the registers that are to be kept.
    fn build_apart(
        &mut self,
        opcode: Opcode,
        names: &Names,
        targets: &[BlockId],
        kept: &[Reg],
    ) -> Inst {
        let mut scratch = (self.locals + WINDOW) as u8;
        let mut args = Vec::new();
        for operand in opcode.info().operands.iter().filter(|o| o.role == Role::arg) {
            let ty = self.kind_type(operand.kind, names);
            let fitting: Vec<Reg> = (0..self.types.len() as u8)
                .map(Reg)
                .filter(|reg| self.types[reg.index()].is_some_and(|found| self.fits(found, ty)))
                .collect();
            // What the instruction before made, more often than others.
            let last = self.last().filter(|last| fitting.contains(last));
            let chosen = match self.choices.below(2) {
                1 if last.is_some() => last,
                _ => self.choices.pick(&fitting),
            };
            args.push(match chosen {
                Some(reg) => reg,
                None => {
                    let reg = Reg(scratch);
                    debug_assert!(!kept.contains(&reg), "scratch is never live");
                    self.make(ty, reg);
                    scratch += 1;
                    reg
                }
            });
        }
        let (mut args, mut targets) = (args.into_iter(), targets.iter());
        let mut others = names.operands.iter();
        let built = Inst::build(opcode, |info| {
            let operand = match (info.role, info.kind) {
                (Role::arg, _) => args.next().map(Operand::Reg),
                (Role::to, Kind::block) => targets.next().copied().map(Operand::Block),
                _ => others.next().cloned(),
            };
            operand.ok_or(Mismatch)
        });
        built.unwrap_or(Inst::Ret {})
    }

    fn leave(&mut self) {
        match self.tables.module.functions[self.number].result {
            None => self.put(Inst::Ret {}),
            Some(ty) => {
                let a = self.value(ty, &mut Vec::new());
                self.put(Inst::RetValue { a });
            }
        }
    }

    fn fail(&mut self) {
        // There are many codes to trap with.
        const FAILURES: [Opcode; 4] = [Opcode::Throw, Opcode::Trap, Opcode::Trap, Opcode::Abort];
        let opcode = FAILURES[self.choices.below(4)];
        match self.names(opcode) {
            Some(names) => {
                let inst = self.build(opcode, &names, &[]);
                self.put(inst);
            }
            None => self.leave(),
        }
    }

    fn tail_call(&mut self) {
        let own = self.tables.module.functions[self.number].result;
        let callees = self.callees(|result| match (result, own) {
            (None, None) => true,
            (Some(result), Some(own)) => self.fits(result, own),
            _ => false,
        });
        let Some(function) = self.choices.pick(&callees) else { return self.leave() };
        let params = self.tables.module.functions[function.index()].params.clone();
        let base = self.window(&params);
        self.put(Inst::Tailcall { base, function });
    }

    fn switch(&mut self) {
        let default = self.target(&[]);
        let mut targets = vec![default];
        let mut value = self.choices.below(5) as i32 - 2;
        let mut cases = Vec::new();
        for _ in 0..self.choices.below(6) {
            let to = self.target(&targets);
            targets.push(to);
            cases.push((value, to));
            value += 1 + [0, 0, 0, 5, 1 << 20][self.choices.below(5)];
        }
        let kept = self.expected(&targets);
        let names = Names {
            operands: vec![Operand::Cases(Box::new(Switch { default, cases }))],
            ..Names::default()
        };
        let inst = self.build_apart(Opcode::Switch, &names, &[], &kept);
        self.put(inst);
    }

    /// The registers that blocks expect.
    fn expected(&self, targets: &[BlockId]) -> Vec<Reg> {
        let blocks = targets.iter().flat_map(|target| &self.blocks[target.index()].live_in);
        blocks.map(|live| live.0).collect()
    }

    /// A block to go to. What it expects is there, beside what the others expect.
    fn target(&mut self, others: &[BlockId]) -> BlockId {
        let count = self.blocks.len();
        let forward = count - self.at - 1;
        let to = match self.choices.below(6) {
            0..=4 if forward > 0 => self.at + 1 + self.choices.below(forward),
            _ => self.choices.below(count),
        };
        let id = BlockId(to as u16);
        if !self.is_decided[to] {
            self.is_decided[to] = true;
            self.blocks[to].live_in = self.some_live();
            return id;
        }
        let missing: Vec<(Reg, ValueType)> = self.blocks[to]
            .live_in
            .iter()
            .filter(|(reg, ty)| !self.types[reg.index()].is_some_and(|found| self.fits(found, *ty)))
            .copied()
            .collect();
        let kept = self.expected(others);
        match others.first() {
            // Two blocks may expect different things of a register.
            Some(other) if missing.iter().any(|(reg, _)| kept.contains(reg)) => *other,
            _ => {
                missing.into_iter().for_each(|(reg, ty)| self.make(ty, reg));
                id
            }
        }
    }

    /// Some of what the registers hold, as what they hold or as something above it.
    fn some_live(&mut self) -> Vec<(Reg, ValueType)> {
        let mut live = Vec::new();
        for at in 0..self.locals + WINDOW {
            if let (Some(ty), true) = (self.types[at], self.choices.below(4) < 3) {
                let wider = ty.is_reference() && self.choices.one_in(6);
                live.push((Reg(at as u8), if wider { ValueType::Any } else { ty }));
            }
        }
        live
    }
}
