//! Checks of single instructions and terminators against the operation table.

use super::FuncChecker;
use crate::func::{Block, Imm, Inst, Terminator, Value};
use crate::host;
use crate::module::{StorageId, StorageKind, element, is_allocated, unboxed};
use crate::ops::{ImmKind, Kind, Op};
use crate::types::{ClassId, Type, builtin};
use fscc_base::Idx;

/// The result that an instruction must have, if the immediate makes sense.
type Wanted = Result<Option<Type>, String>;

impl FuncChecker<'_> {
    pub(super) fn check_inst(&mut self, inst: &Inst) {
        let op = inst.op;
        let name = op.info().name;
        if op.is_terminator() {
            self.error(format!("{name} stands in the middle of a block"));
            return;
        }
        if !fits(op, &inst.imm) {
            self.error(format!("{name} has the wrong kind of immediate"));
            return;
        }
        let wanted = match op {
            Op::Call | Op::CallTry | Op::CallVirtual | Op::CallHost | Op::CallImport => {
                self.check_call(op, &inst.imm, &inst.args)
            }
            _ => self.check_simple(inst),
        };
        match wanted {
            Err(problem) => self.error(format!("{name}: {problem}")),
            Ok(wanted) => {
                let found = inst.result.map(|value| self.ty(value));
                if found != wanted {
                    self.error(format!(
                        "{name}: the result is {}, expected {}",
                        show(found),
                        show(wanted)
                    ));
                }
            }
        }
    }

    /// Everything but calls: the table's operands and the special ones.
    fn check_simple(&mut self, inst: &Inst) -> Wanted {
        let info = inst.op.info();
        if inst.args.len() != info.operands.len() {
            return Err(format!(
                "found {} operands, expected {}",
                inst.args.len(),
                info.operands.len()
            ));
        }
        for (kind, value) in info.operands.iter().zip(&inst.args) {
            self.check_operand(info.name, *kind, *value);
        }
        match (&inst.imm, info.operands.contains(&Kind::special) || info.result == Kind::special) {
            (_, true) => self.check_special(inst),
            (Imm::Storage(field), false) => self.check_storage(inst, *field),
            _ => Ok(info.result.ty()),
        }
    }

    fn check_operand(&mut self, name: &str, kind: Kind, value: Value) {
        let ty = self.ty(value);
        let fits = match kind {
            Kind::none | Kind::key | Kind::stored | Kind::special => true,
            Kind::any => ty.is_reference(),
            Kind::object => matches!(ty, Type::Ref(class) if is_allocated(class)),
            _ => kind.ty().is_some_and(|wanted| self.module.is_assignable(ty, wanted)),
        };
        if !fits {
            self.error(format!("{name}: {value} is {ty}, expected {kind:?}"));
        }
    }

    fn check_storage(&mut self, inst: &Inst, id: StorageId) -> Wanted {
        let field = self.module.storage.get(id).ok_or("no such storage field")?;
        let is_keyed = field.kind != StorageKind::Scalar;
        if is_keyed == matches!(inst.op, Op::StorageGet | Op::StorageSet) {
            return Err(format!("{id} is the other kind of storage field"));
        }
        let (key, value) = (field.key.ty(), field.value.ty());
        let info = inst.op.info();
        for (kind, arg) in info.operands.iter().zip(&inst.args) {
            match kind {
                Kind::key => self.expect_assignable("the key", *arg, key),
                Kind::stored => self.expect_assignable("the value", *arg, value),
                _ => {}
            }
        }
        Ok(if info.result == Kind::stored { Some(value) } else { info.result.ty() })
    }

    fn check_special(&mut self, inst: &Inst) -> Wanted {
        match (&inst.imm, inst.op) {
            (Imm::Type(ty), _) => match ty.is_reference() {
                true => Ok(Some(*ty)),
                false => Err(format!("{ty} has no null")),
            },
            (Imm::Class(class), op) => {
                if class.index() >= self.module.classes.len() {
                    return Err(format!("there is no class {class}"));
                }
                self.check_class_op(op, *class, &inst.args)
            }
            (Imm::Field(field), op) => {
                let ty = self.module.field(*field).ok_or("no such field")?.ty;
                self.expect_assignable("the object", inst.args[0], Type::Ref(field.class));
                if op == Op::FieldSet {
                    self.expect_assignable("the value", inst.args[1], ty);
                    return Ok(None);
                }
                Ok(Some(ty))
            }
            (Imm::Global(global), op) => {
                let ty = self.module.globals.get(*global).ok_or("no such global")?.ty;
                if op == Op::GlobalSet {
                    self.expect_assignable("the value", inst.args[0], ty);
                    return Ok(None);
                }
                Ok(Some(ty))
            }
            _ => Ok(inst.op.info().result.ty()),
        }
    }

    fn check_class_op(&mut self, op: Op, class: ClassId, args: &[Value]) -> Wanted {
        match op {
            Op::Box | Op::Unbox => {
                let scalar = unboxed(class).ok_or(format!("{class} is no box of a scalar"))?;
                if op == Op::Unbox {
                    return Ok(Some(scalar));
                }
                self.expect_assignable("the scalar", args[0], scalar);
                Ok(Some(Type::Any))
            }
            Op::Cast => Ok(Some(Type::Ref(class))),
            Op::Is => Ok(Some(Type::I32)),
            Op::New => {
                if self.module.classes[class].is_abstract {
                    return Err(format!("{class} is abstract"));
                }
                Ok(Some(Type::Ref(class)))
            }
            _ => {
                let element = element(class).ok_or(format!("{class} is no array"))?;
                let array = Type::Ref(class);
                if op != Op::ArrayNew {
                    self.expect_assignable("the array", args[0], array);
                }
                match op {
                    Op::ArrayNew => Ok(Some(array)),
                    Op::ArrayGet => Ok(Some(element)),
                    Op::ArraySet => {
                        self.expect_assignable("the element", args[2], element);
                        Ok(None)
                    }
                    Op::ArrayLength => Ok(Some(Type::I32)),
                    _ => {
                        self.expect_assignable("the target", args[2], array);
                        Ok(None)
                    }
                }
            }
        }
    }

    /// Calls, tail calls included.
    fn check_call(&mut self, op: Op, imm: &Imm, args: &[Value]) -> Wanted {
        let module = self.module;
        match imm {
            Imm::Func(id) => {
                let signature = self.signatures.get(*id);
                let (params, result) = signature.ok_or(format!("there is no function {id}"))?;
                self.check_args(params, args)?;
                match (op, result) {
                    (Op::CallTry, Some(ty)) if !ty.is_reference() => {
                        Err(format!("the callee gives {ty}, expected a reference or nothing"))
                    }
                    (Op::CallTry, _) => Ok(Some(Type::Ref(builtin::ARRAY_ANY))),
                    (_, result) => Ok(result),
                }
            }
            Imm::Selector(id) => {
                let selector =
                    module.selectors.get(*id).ok_or(format!("there is no selector {id}"))?;
                let types: Vec<Option<Type>> = selector.params.iter().copied().map(Some).collect();
                self.check_args(&types, args)?;
                Ok(selector.result)
            }
            Imm::Import(id) => {
                let import = module.imports.get(*id).ok_or(format!("there is no import {id}"))?;
                let types: Vec<Option<Type>> = import.params.iter().copied().map(Some).collect();
                self.check_args(&types, args)?;
                Ok(import.result)
            }
            Imm::Host(number) => {
                let host = host::by_number(*number)
                    .ok_or(format!("there is no host function {number}"))?;
                if args.len() != host.operands.len() {
                    return Err(format!(
                        "found {} operands, expected {}",
                        args.len(),
                        host.operands.len()
                    ));
                }
                for (kind, value) in host.operands.iter().zip(args) {
                    self.check_operand(host.name, *kind, *value);
                }
                Ok(host.result.ty())
            }
            _ => Err("a call of nothing".to_owned()),
        }
    }

    fn check_args(&mut self, types: &[Option<Type>], args: &[Value]) -> Result<(), String> {
        if types.len() != args.len() {
            return Err(format!("found {} arguments, expected {}", args.len(), types.len()));
        }
        for (ty, value) in types.iter().zip(args) {
            match ty.filter(|ty| super::class::is_known(self.module, *ty)) {
                Some(ty) => self.expect_assignable("argument", *value, ty),
                None => return Err("the callee has a parameter of an unknown type".to_owned()),
            }
        }
        Ok(())
    }

    pub(super) fn check_terminator(&mut self, term: &Terminator) {
        let name = term.op.info().name;
        if !term.op.is_terminator() || !fits(term.op, &term.imm) {
            self.error(format!("{name} does not end a block, or has the wrong kind of immediate"));
            return;
        }
        if let Err(problem) = self.check_terminator_parts(term) {
            self.error(format!("{name}: {problem}"));
        }
        for target in &term.targets {
            self.check_target(target.block, &target.args);
        }
    }

    fn check_terminator_parts(&mut self, term: &Terminator) -> Result<(), String> {
        let targets = match (&term.imm, term.op) {
            (Imm::Cases(cases), _) => {
                if cases.windows(2).any(|pair| pair[0] >= pair[1]) {
                    return Err("the cases do not ascend".to_owned());
                }
                cases.len() + 1
            }
            (_, Op::Jump) => 1,
            (_, Op::Branch) => 2,
            _ => 0,
        };
        if term.targets.len() != targets {
            return Err(format!("found {} targets, expected {targets}", term.targets.len()));
        }
        match term.op {
            Op::Return => match (self.func.result, term.args.as_slice()) {
                (Some(ty), [value]) => self.expect_assignable("the result", *value, ty),
                (None, []) => {}
                (wanted, found) => {
                    return Err(format!(
                        "found {} values, the function gives {}",
                        found.len(),
                        show(wanted)
                    ));
                }
            },
            Op::TailCall => {
                let result = self.check_call(term.op, &term.imm, &term.args)?;
                let fits = match (result, self.func.result) {
                    (Some(from), Some(to)) => self.module.is_assignable(from, to),
                    (from, to) => from == to,
                };
                if !fits {
                    return Err("the callee has another result type than the function".to_owned());
                }
            }
            op => {
                let operands = op.info().operands;
                if term.args.len() != operands.len() {
                    return Err(format!(
                        "found {} operands, expected {}",
                        term.args.len(),
                        operands.len()
                    ));
                }
                for (kind, value) in operands.iter().zip(&term.args) {
                    self.check_operand(op.info().name, *kind, *value);
                }
            }
        }
        Ok(())
    }

    fn check_target(&mut self, block: Block, args: &[Value]) {
        let params = &self.func.blocks[block].params;
        if params.len() != args.len() {
            self.error(format!("{block} takes {} arguments, found {}", params.len(), args.len()));
            return;
        }
        for (param, value) in params.iter().zip(args) {
            self.expect_assignable("block argument", *value, self.func.values[*param]);
        }
    }
}

fn fits(op: Op, imm: &Imm) -> bool {
    let kind = match imm {
        Imm::None => ImmKind::None,
        Imm::I32(_) => ImmKind::I32,
        Imm::I64(_) => ImmKind::I64,
        Imm::F64(_) => ImmKind::F64,
        Imm::U128(_) => ImmKind::U128,
        Imm::I128(_) => ImmKind::I128,
        Imm::String(_) => ImmKind::String,
        Imm::Bytes(_) => ImmKind::Bytes,
        Imm::Type(_) => ImmKind::Type,
        Imm::Class(_) => ImmKind::Class,
        Imm::Field(_) => ImmKind::Field,
        Imm::Global(_) => ImmKind::Global,
        Imm::Storage(_) => ImmKind::Storage,
        Imm::Func(_) => ImmKind::Func,
        Imm::Selector(_) => ImmKind::Selector,
        Imm::Host(_) => ImmKind::Host,
        Imm::Import(_) => ImmKind::Import,
        Imm::Cases(_) => ImmKind::Cases,
        Imm::Trap(_) => ImmKind::Trap,
    };
    kind == op.imm()
}

fn show(ty: Option<Type>) -> String {
    ty.map_or("nothing".to_owned(), |ty| ty.to_string())
}
