//! The module around trials: classes, variables, storage fields, and functions by which values can be
//! looked at from outside.

use crate::datum::{ALONE, BELOW, Datum, FIELD_TYPES, FIELDS, get_element, is_wide_box};
use crate::harness::array_classes;
use fscc_tests::host::Recorder;
use fvm_isa::{
    BUILTIN_CLASSES, Block, BoxId, Class, ClassId, Field, FieldId, Function, FunctionId, Global,
    GlobalId, Inst, Module, ModuleKind, Reg, Row, StorageField, StorageForm, StorageId,
    StorageKind, ValueType, builtin, element_type, unboxed_type,
};
use fvm_vm::{Ending, Machine, Slot, Value};
use std::collections::BTreeMap;
use std::ops::Range;

/// Whether there was an entry.
pub const FOUND: GlobalId = GlobalId(1);

/// Operands of an instruction that can be references.
const WATCHED: u16 = 6;

/// Where an operand is kept for later.
pub fn watched(at: usize) -> GlobalId {
    GlobalId(2 + at as u16)
}

/// Variables that trials read and write: one of each type, from this number on.
pub const VARIABLES: u16 = 2 + WATCHED;

/// A number that has nothing to do with the instruction.
pub const KEPT: GlobalId = GlobalId(VARIABLES + FIELD_TYPES.len() as u16);

/// The type of a variable.
pub fn global_type(global: GlobalId) -> ValueType {
    match global {
        FOUND | KEPT => ValueType::I32,
        GlobalId(number) if number >= VARIABLES => FIELD_TYPES[usize::from(number - VARIABLES)],
        _ => ValueType::Any,
    }
}

/// Storage fields: a scalar field, a map and a set of each form of its keys and values.
pub fn storage_field(kind: StorageKind, form: StorageForm) -> StorageId {
    StorageId(kind as u16 * 16 + form as u16)
}

fn storage_fields() -> Vec<StorageField> {
    let mut fields = Vec::new();
    for kind in StorageKind::ALL {
        for number in 0..16u8 {
            // Numbers without a form are fields that nobody uses.
            let form = StorageForm::from_byte(number).unwrap_or(StorageForm::Bytes);
            let (key, value) = match kind {
                StorageKind::Scalar => (StorageForm::Bytes, form),
                StorageKind::Map => (form, form),
                StorageKind::Set => (form, StorageForm::Bytes),
            };
            let name = format!("{}{number}", kind.word());
            fields.push(StorageField { name, kind: *kind, key, value, ty: "any".into() });
        }
    }
    fields
}

/// The type of a register with a value of the field.
pub fn stored_type(field: StorageId) -> ValueType {
    storage_fields()[field.index()].value.ty()
}

/// Functions that look at values.
#[derive(Debug)]
pub struct Readers {
    functions: Range<usize>,
    globals: BTreeMap<u16, FunctionId>,
    text_length: FunctionId,
    text_at: FunctionId,
    lengths: BTreeMap<ClassId, FunctionId>,
    elements: BTreeMap<ClassId, FunctionId>,
    unboxed: BTreeMap<ClassId, FunctionId>,
    fields: Vec<FunctionId>,
}

/// A module with readers, and variables for them, behind what it has.
pub fn around(mut module: Module) -> (Module, Readers) {
    assert!(module.globals.is_empty(), "variables have the numbers of this module");
    for number in 0..=KEPT.0 {
        let ty = global_type(GlobalId(number));
        module.globals.push(Global { name: format!("g{number}"), ty });
    }
    let first = module.functions.len();
    let mut readers = Readers::new(&mut module);
    readers.functions = first..module.functions.len();
    (module, readers)
}

/// The module, whose first function does nothing.
pub fn module(kind: ModuleKind) -> (Module, Readers) {
    let mut module = Module::new("trials", kind);
    let field = |ty: &ValueType| Field { name: "f".into(), ty: *ty, mutable: true };
    let (above, last) = FIELD_TYPES.split_at(6);
    for (name, superclass, types) in [
        ("Fields", builtin::OBJECT, above),
        ("Below", FIELDS, last),
        ("Alone", builtin::OBJECT, &[]),
    ] {
        let fields = types.iter().map(field).collect();
        let superclass = Some(superclass);
        module.classes.push(Class { name: name.into(), superclass, fields, ..Class::default() });
    }
    assert_eq!(module.classes.len(), BUILTIN_CLASSES + 3);
    if kind == ModuleKind::Contract {
        module.storage = storage_fields();
    }
    add(&mut module, &[], None, vec![Inst::Ret {}]);
    around(module)
}

fn add(
    module: &mut Module,
    params: &[ValueType],
    result: Option<ValueType>,
    insts: Vec<Inst>,
) -> FunctionId {
    let live_in = params.iter().enumerate().map(|(at, ty)| (Reg(at as u8), *ty)).collect();
    let blocks = vec![Block { live_in, insts }];
    let params = params.to_vec();
    module.functions.push(Function { params, result, registers: 4, row: Row::PURE, blocks });
    FunctionId(module.functions.len() as u16 - 1)
}

impl Readers {
    fn new(module: &mut Module) -> Readers {
        const R0: Reg = Reg(0);
        const R1: Reg = Reg(1);
        let mut globals = BTreeMap::new();
        for number in 0..module.globals.len() as u16 {
            let get = Inst::GlobalGet { dst: R0, global: GlobalId(number) };
            let result = Some(global_type(GlobalId(number)));
            globals.insert(number, add(module, &[], result, vec![get, Inst::RetValue { a: R0 }]));
        }
        let result = || {
            let global = GlobalId(0);
            let cast = Inst::Cast { dst: R1, a: R1, class: builtin::STRING };
            vec![Inst::GlobalGet { dst: R1, global }, cast]
        };
        let mut insts = result();
        insts.extend([Inst::StringLength { dst: R0, a: R1 }, Inst::RetValue { a: R0 }]);
        let text_length = add(module, &[], Some(ValueType::I32), insts);
        let mut insts = result();
        let at = Inst::StringCharAt { dst: R0, a: R1, index: R0 };
        insts.extend([at, Inst::RetValue { a: R0 }]);
        let text_at = add(module, &[ValueType::I32], Some(ValueType::I32), insts);
        let (mut lengths, mut elements) = (BTreeMap::new(), BTreeMap::new());
        for class in array_classes() {
            let cast = Inst::Cast { dst: R0, a: R0, class };
            let length = Inst::ArrayLength { dst: R0, array: R0 };
            let insts = vec![cast.clone(), length, Inst::RetValue { a: R0 }];
            lengths.insert(class, add(module, &[ValueType::Any], Some(ValueType::I32), insts));
            let insts = vec![cast, get_element(class, R0, R0, R1), Inst::RetValue { a: R0 }];
            let params = [ValueType::Any, ValueType::I32];
            elements.insert(class, add(module, &params, element_type(class), insts));
        }
        let mut unboxed = BTreeMap::new();
        for class in (0..BUILTIN_CLASSES as u16).map(ClassId).filter(|class| is_wide_box(*class)) {
            let unbox = Inst::Unbox { dst: R0, a: R0, class: BoxId(class.0 as u8) };
            let insts = vec![unbox, Inst::RetValue { a: R0 }];
            unboxed.insert(class, add(module, &[ValueType::Any], unboxed_type(class), insts));
        }
        let has_fields = !module.classes[FIELDS.index()].fields.is_empty();
        let types = if has_fields { &FIELD_TYPES[..] } else { &[] };
        let fields = types.iter().enumerate().map(|(slot, ty)| {
            let class = if slot == 6 { BELOW } else { FIELDS };
            let field = FieldId { class, slot: slot as u16 };
            let insts = vec![
                Inst::Cast { dst: R0, a: R0, class },
                Inst::FieldGet { dst: R0, object: R0, field },
                Inst::RetValue { a: R0 },
            ];
            add(module, &[ValueType::Any], Some(*ty), insts)
        });
        let fields = fields.collect();
        let functions = 0..0;
        Readers { functions, globals, text_length, text_at, lengths, elements, unboxed, fields }
    }

    /// The numbers of these functions.
    pub fn functions(&self) -> Range<usize> {
        self.functions.clone()
    }

    fn ask(&self, machine: &mut Machine<'_>, function: FunctionId, args: &[Value]) -> Value {
        match machine.call(function, args, u64::MAX, &mut Recorder::default()).ending {
            Ending::Returned(value) => value,
            other => panic!("a reader ends with {other:?}"),
        }
    }

    /// What a variable holds.
    pub fn observe_global(&self, machine: &mut Machine<'_>, global: GlobalId) -> Datum {
        let value = self.ask(machine, self.globals[&global.0], &[]);
        match value {
            // Lone surrogates do not come out as text.
            Value::Text(text) if text.contains('\u{fffd}') && global == GlobalId(0) => {
                let length = self.ask(machine, self.text_length, &[]);
                let Value::I32(length) = length else { panic!("a length is a number") };
                let unit = |at| match self.ask(machine, self.text_at, &[Value::I32(at)]) {
                    Value::I32(unit) => unit as u16,
                    other => panic!("a unit is a number, not {other:?}"),
                };
                Datum::Text((0..length).map(unit).collect())
            }
            value => self.observe(machine, &value),
        }
    }

    /// What a value is.
    pub fn observe(&self, machine: &mut Machine<'_>, value: &Value) -> Datum {
        match value {
            Value::I32(value) => Datum::I32(*value),
            Value::I64(value) => Datum::I64(*value),
            Value::F64(value) => Datum::F64(value.to_bits()),
            Value::U128(value) => Datum::U128(*value),
            Value::I128(value) => Datum::I128(*value),
            Value::Null => Datum::Null,
            Value::Text(text) => Datum::text(text),
            Value::Bytes(bytes) => Datum::Bytes(bytes.to_vec()),
            Value::Unit => Datum::Unit,
            Value::Reference(slot) => self.observe_reference(machine, *slot),
        }
    }

    fn observe_reference(&self, machine: &mut Machine<'_>, slot: Slot) -> Datum {
        let (class, payload) = (ClassId((slot >> 64) as u16), slot as u64);
        let itself = Value::Reference(slot);
        if let Some(unbox) = self.unboxed.get(&class) {
            let scalar = self.ask(machine, *unbox, &[itself]);
            return Datum::boxed(class, self.observe(machine, &scalar));
        }
        if let Some(length) = self.lengths.get(&class) {
            let length = self.ask(machine, *length, std::slice::from_ref(&itself));
            let Value::I32(length) = length else { panic!("a length is a number") };
            let elements = (0..length).map(|at| {
                let args = [itself.clone(), Value::I32(at)];
                let element = self.ask(machine, self.elements[&class], &args);
                self.observe(machine, &element)
            });
            return Datum::Array(class, elements.collect());
        }
        match unboxed_type(class) {
            Some(ValueType::I32) => Datum::boxed(class, Datum::I32(payload as i32)),
            Some(ValueType::I64) => Datum::boxed(class, Datum::I64(payload as i64)),
            Some(_) => Datum::boxed(class, Datum::F64(payload)),
            None if class == builtin::UNIT => Datum::Unit,
            None => {
                let count = [FIELDS, BELOW, ALONE].iter().position(|known| *known == class);
                let count = count.map_or(0, |at| [6, 7, 0][at]).min(self.fields.len());
                let fields = self.fields[..count].iter().map(|field| {
                    let value = self.ask(machine, *field, std::slice::from_ref(&itself));
                    self.observe(machine, &value)
                });
                Datum::Object(class, fields.collect())
            }
        }
    }
}
