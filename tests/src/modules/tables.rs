//! Everything of a random module but code.

use super::choices::Choices;
use fvm_isa::{
    BUILTIN_CLASSES, Class, ClassId, Constant, Field, Function, FunctionId, Global, HOSTS, HostId,
    Module, ModuleKind, Opcode, Role, Row, Selector, SelectorId, StorageField, StorageForm,
    StorageKind, ValueType, builtin, element_type,
};

/// A module that has no code yet, and what its code may use.
#[derive(Debug)]
pub struct Tables {
    /// The module.
    pub module: Module,
    /// Instructions that are no terminators.
    pub opcodes: Vec<Opcode>,
    /// Terminators that choose between two blocks.
    pub branches: Vec<Opcode>,
    /// Host functions that the kind of module may call.
    pub hosts: Vec<HostId>,
}

/// A class of the module by its position.
fn own(at: usize) -> ClassId {
    ClassId((BUILTIN_CLASSES + at) as u16)
}

/// What classes of the module there are: names, superclass, whether abstract.
const CLASSES: &[(&str, Option<usize>, bool)] = &[
    ("Shape", None, true),
    ("Square", Some(0), false),
    ("Cube", Some(1), false),
    ("Failure", None, false),
    ("Closure", None, false),
];
/// A trait that some of them have.
const TRAIT: usize = CLASSES.len();

impl Tables {
    /// Chooses tables.
    pub fn new(choices: &mut Choices<'_>) -> Tables {
        let kinds = [ModuleKind::Contract, ModuleKind::Program, ModuleKind::Suite];
        let kind = kinds[[0, 0, 0, 1, 1, 2][choices.below(6)]];
        let mut tables = Tables {
            module: Module::new("random", kind),
            opcodes: Vec::new(),
            branches: Vec::new(),
            hosts: Vec::new(),
        };
        tables.classes(choices);
        tables.constants();
        tables.variables(choices);
        tables.functions(choices);
        let forbidden = match kind {
            ModuleKind::Contract => Row(Row::PRINT.0 | Row::WORLD.0),
            ModuleKind::Program => Row(!Row::PRINT.0),
            _ => Row(!(Row::PRINT.0 | Row::WORLD.0)),
        };
        let is_allowed = |row: Row| row.0 & forbidden.0 == 0;
        tables.hosts =
            HOSTS.iter().filter(|host| is_allowed(host.row)).map(|host| host.number).collect();
        let is_storage = |opcode: &Opcode| opcode.mnemonic().starts_with("storage.");
        let usable = |opcode: &&Opcode| kind == ModuleKind::Contract || !is_storage(opcode);
        let (ends, others): (Vec<Opcode>, Vec<Opcode>) =
            fvm_isa::ALL.iter().filter(usable).partition(|opcode| opcode.is_terminator());
        let chooses = |opcode: &Opcode| {
            let operands = opcode.info().operands.iter();
            operands.filter(|o| o.role == Role::to && o.kind == fvm_isa::Kind::block).count() == 2
        };
        tables.opcodes = others;
        tables.branches = ends.into_iter().filter(chooses).collect();
        tables
    }

    fn classes(&mut self, choices: &mut Choices<'_>) {
        for (name, above, is_abstract) in CLASSES {
            let fields = (0..choices.below(4)).map(|at| Field {
                name: format!("f{at}"),
                ty: self.ty(choices),
                mutable: true,
            });
            let fields = fields.collect();
            let has_trait = choices.one_in(3);
            self.module.classes.push(Class {
                name: (*name).into(),
                superclass: Some(above.map_or(builtin::OBJECT, own)),
                traits: if has_trait { vec![own(TRAIT)] } else { Vec::new() },
                fields,
                is_abstract: *is_abstract,
                methods: Vec::new(),
            });
        }
        let is_abstract = true;
        self.module.classes.push(Class { name: "Trait".into(), is_abstract, ..Class::default() });
    }

    fn constants(&mut self) {
        let texts = ["", "a", "abc", "Ж", "é😀", "12", "-1.5e3", "hello, hello, hello"];
        for text in texts {
            self.module.constants.push(Constant::String(text.encode_utf16().collect()));
        }
        self.module.constants.push(Constant::String(vec![0xd800, 0x61]));
        for bytes in [&[][..], &[0], &[1, 2, 3, 4, 5, 6, 7, 8], &[255; 40]] {
            self.module.constants.push(Constant::Bytes(bytes.to_vec()));
        }
    }

    fn variables(&mut self, choices: &mut Choices<'_>) {
        for number in 0..3 {
            let ty = self.ty(choices);
            self.module.globals.push(Global { name: format!("g{number}"), ty });
        }
        if self.module.kind != ModuleKind::Contract {
            return;
        }
        for number in 0..6 {
            let kind = StorageKind::ALL[number % 3];
            let form = |choices: &mut Choices<'_>| {
                choices.pick(StorageForm::ALL).unwrap_or(StorageForm::Bytes)
            };
            let (key, value) = (form(choices), form(choices));
            self.module.storage.push(StorageField {
                name: format!("s{number}"),
                kind,
                key: if kind == StorageKind::Scalar { StorageForm::Bytes } else { key },
                value: if kind == StorageKind::Set { StorageForm::Bytes } else { value },
                ty: "any".into(),
            });
        }
    }

    /// The signatures of functions and selectors; who answers a selector has a function for it.
    fn functions(&mut self, choices: &mut Choices<'_>) {
        for _ in 0..2 + choices.below(3) {
            let params = (0..choices.below(5)).map(|_| self.ty(choices)).collect();
            let result = self.result(choices);
            self.function(params, result);
        }
        for number in 0..2 {
            let owner = [own(0), builtin::OBJECT, own(TRAIT), own(4)][choices.below(4)];
            let receiver = if choices.one_in(3) { ValueType::Any } else { ValueType::Ref(owner) };
            let mut params = vec![receiver];
            params.extend((0..choices.below(3)).map(|_| self.ty(choices)));
            let result = self.result(choices);
            let selector =
                Selector { name: format!("s{number}"), owner, params: params.clone(), result };
            self.module.selectors.push(selector);
            for (at, (_, _, is_abstract)) in CLASSES.iter().enumerate() {
                let class = own(at);
                let answers = self.is_subclass(class, owner) && !is_abstract;
                if !answers || choices.one_in(4) {
                    continue;
                }
                if choices.below(2) == 0 {
                    params[0] = ValueType::Ref(class);
                }
                let function = self.function(params.clone(), result);
                let id = SelectorId(number);
                self.module.classes[class.index()].methods.push((id, function));
                params[0] = receiver;
            }
        }
    }

    fn function(&mut self, params: Vec<ValueType>, result: Option<ValueType>) -> FunctionId {
        let id = FunctionId(self.module.functions.len() as u16);
        let (registers, row, blocks) = (0, Row(u8::MAX), Vec::new());
        self.module.functions.push(Function { params, result, registers, row, blocks });
        id
    }

    fn result(&self, choices: &mut Choices<'_>) -> Option<ValueType> {
        match choices.below(4) {
            0 => None,
            1 => Some(ValueType::Any),
            _ => Some(self.ty(choices)),
        }
    }

    /// Any type.
    pub fn ty(&self, choices: &mut Choices<'_>) -> ValueType {
        match choices.below(12) {
            0 | 1 => ValueType::I32,
            2 => ValueType::I64,
            3 => ValueType::F64,
            4 => ValueType::U128,
            5 => ValueType::I128,
            6 | 7 => ValueType::Any,
            8 => ValueType::Ref(builtin::STRING),
            9 => ValueType::Ref(builtin::BYTES),
            10 => ValueType::Ref(array(choices)),
            _ => ValueType::Ref(own(choices.below(CLASSES.len()))),
        }
    }

    /// Whether instances of a class are instances of another.
    pub fn is_subclass(&self, class: ClassId, above: ClassId) -> bool {
        let is_object = class == builtin::OBJECT || class >= builtin::STRING;
        if class == above || above == builtin::OBJECT && is_object {
            return true;
        }
        let Some(class) = self.module.class(class) else { return false };
        let mut parents = class.superclass.iter().chain(&class.traits);
        parents.any(|parent| self.is_subclass(*parent, above))
    }

    /// Whether a value of a type may stand where another is expected.
    pub fn is_assignable(&self, from: ValueType, to: ValueType) -> bool {
        match (from, to) {
            (ValueType::Ref(_), ValueType::Any) => true,
            (ValueType::Ref(builtin::NULL), ValueType::Ref(_)) => true,
            (ValueType::Ref(from), ValueType::Ref(to)) => self.is_subclass(from, to),
            _ => from == to,
        }
    }

    /// The classes of the module that have instances and are instances of this one.
    pub fn instances(&self, class: ClassId) -> Vec<ClassId> {
        let own = (BUILTIN_CLASSES..self.module.classes.len()).map(|at| ClassId(at as u16));
        let is = |id: &ClassId| {
            !self.module.classes[id.index()].is_abstract && self.is_subclass(*id, class)
        };
        own.filter(is).collect()
    }
}

/// The class of an array.
pub fn array(choices: &mut Choices<'_>) -> ClassId {
    let classes = (0..BUILTIN_CLASSES as u16).map(ClassId);
    let arrays: Vec<ClassId> = classes.filter(|class| element_type(*class).is_some()).collect();
    choices.pick(&arrays).unwrap_or(builtin::ARRAY_INT)
}
