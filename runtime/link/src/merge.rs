//! Modules that are one: their tables one behind the other, with new numbers.
//!
//! What the first module has keeps its numbers, so that debug information stays right. Constants
//! that are equal are one, as in every module; classes of two modules are two even if they are
//! called alike, and no object of theirs passes from one to the other.

use crate::Hash;
use crate::error::Problem;
use crate::gather::Gathered;
use fvm_isa::{
    BUILTIN_CLASSES, ClassId, Constant, ConstantId, Export, ExportKind, FieldId, Function,
    FunctionId, GlobalId, Inst, Mismatch, Module, Operand, SelectorId, ValueType, limits,
};
use fvm_vm::{DESCRIBE_EXPORT, LIBRARY_DESCRIBE_EXPORT, VerifiedModule};
use std::collections::BTreeMap;

/// What stands for a number that names nothing: no table is so long, so the verifier refuses it.
const NOTHING: u16 = u16::MAX;

const _: () = assert!(limits::FUNCTIONS_MAX < NOTHING as usize);
const _: () = assert!(limits::CLASSES_MAX < NOTHING as usize);
const _: () = assert!(limits::SELECTORS_MAX < NOTHING as usize);
const _: () = assert!(limits::GLOBALS_MAX < NOTHING as usize);
const _: () = assert!(limits::CONSTANTS_MAX <= NOTHING as usize);

/// The new numbers of the things of a module.
struct Numbers {
    /// Where its own classes begin.
    classes: usize,
    class_count: usize,
    selectors: usize,
    selector_count: usize,
    globals: usize,
    global_count: usize,
    /// Those of its functions, then those of what it imports.
    functions: Vec<FunctionId>,
    constants: Vec<ConstantId>,
}

impl Gathered {
    /// Verifies the module that all of them are together.
    pub fn link(self) -> Result<VerifiedModule, Problem> {
        fvm_vm::verify(self.merge()?).map_err(Problem::Verify)
    }

    fn merge(self) -> Result<Module, Problem> {
        if self.places.is_empty() {
            // Nothing is imported, so everything keeps its number.
            return self.modules.into_iter().next().ok_or(Problem::Count);
        }
        let numbers = self.numbers()?;
        let mut modules = self.modules.into_iter().zip(&numbers);
        let Some((first, of_first)) = modules.next() else { return Err(Problem::Count) };
        let mut merged = of_first.renumbered(first)?;
        for (module, numbers) in modules {
            let Module { constants, classes, selectors, globals, functions, exports, .. } =
                numbers.renumbered(module)?;
            // Who throws an object knows its text; who has no classes throws none of them.
            let describe = exports.into_iter().find(is_describe);
            if let Some(describe) = describe.filter(|_| classes.len() > BUILTIN_CLASSES) {
                let name = format!("{LIBRARY_DESCRIBE_EXPORT}{}", numbers.classes);
                merged.exports.push(Export { name, ..describe });
            }
            for (constant, number) in constants.into_iter().zip(&numbers.constants) {
                if number.index() == merged.constants.len() {
                    merged.constants.push(constant);
                }
            }
            merged.classes.extend(classes.into_iter().skip(BUILTIN_CLASSES));
            merged.selectors.extend(selectors);
            merged.globals.extend(globals);
            merged.functions.extend(functions);
        }
        merged.imports.clear();
        Ok(merged)
    }

    /// Gives everything a number.
    fn numbers(&self) -> Result<Vec<Numbers>, Problem> {
        let mut numbers = Vec::with_capacity(self.modules.len());
        let mut constants: BTreeMap<&Constant, ConstantId> = BTreeMap::new();
        let mut constant_count = 0;
        let (mut classes, mut selectors, mut globals, mut functions) = (BUILTIN_CLASSES, 0, 0, 0);
        for (at, module) in self.modules.iter().enumerate() {
            let mut of_constants = Vec::with_capacity(module.constants.len());
            for constant in &module.constants {
                // A constant that stands twice in the first module stays there twice: no
                // module may have that (V2), and the verifier shall see it.
                let known = constants.get(constant).copied().filter(|_| at > 0);
                let number = match known {
                    Some(known) => known,
                    None => {
                        let new = ConstantId::from_index(constant_count);
                        let new = new.ok_or(Problem::Numbers("constants"))?;
                        constant_count += 1;
                        constants.insert(constant, new);
                        new
                    }
                };
                of_constants.push(number);
            }
            let own = (functions..functions + module.functions.len()).map(FunctionId::from_index);
            let own: Option<Vec<FunctionId>> = own.collect();
            numbers.push(Numbers {
                classes,
                class_count: module.classes.len(),
                selectors,
                selector_count: module.selectors.len(),
                globals,
                global_count: module.globals.len(),
                functions: own.ok_or(Problem::Numbers("functions"))?,
                constants: of_constants,
            });
            classes += module.classes.len().saturating_sub(BUILTIN_CLASSES);
            selectors += module.selectors.len();
            globals += module.globals.len();
            functions += module.functions.len();
        }
        let tables = [
            (classes, limits::CLASSES_MAX, "classes"),
            (selectors, limits::SELECTORS_MAX, "selectors"),
            (globals, limits::GLOBALS_MAX, "globals"),
            (functions, limits::FUNCTIONS_MAX, "functions"),
            (constant_count, limits::CONSTANTS_MAX, "constants"),
        ];
        if let Some((.., what)) = tables.iter().find(|(count, max, _)| count > max) {
            return Err(Problem::Numbers(what));
        }
        self.resolve(&mut numbers)?;
        Ok(numbers)
    }

    /// Gives imports the numbers of the functions that they name.
    fn resolve(&self, numbers: &mut [Numbers]) -> Result<(), Problem> {
        for (at, module) in self.modules.iter().enumerate() {
            for import in &module.imports {
                let place = self.places.get(&import.library).copied();
                let place = place.ok_or(Problem::Missing(import.library))?;
                let (id, function) = exported(&self.modules[place], &import.library, &import.name)?;
                if (&function.params, function.result) != (&import.params, import.result) {
                    return Err(Problem::Signature(import.library, import.name.clone()));
                }
                let number = numbers[place].functions[id.index()];
                numbers[at].functions.push(number);
            }
        }
        Ok(())
    }
}

/// Whether an export gives the text of what the library throws.
fn is_describe(export: &Export) -> bool {
    export.name == DESCRIBE_EXPORT && export.kind == ExportKind::Function
}

/// A function of a library, which is its own and none that it imports.
fn exported<'m>(
    library: &'m Module,
    hash: &Hash,
    name: &str,
) -> Result<(FunctionId, &'m Function), Problem> {
    let export = library.export(name).filter(|export| export.kind == ExportKind::Function);
    let function = export.and_then(|export| {
        Some((export.function, library.functions.get(export.function.index())?))
    });
    function.ok_or_else(|| Problem::NoFunction(*hash, name.to_owned()))
}

/// The number of something, if there are so many of it.
fn shifted(number: u16, count: usize, by: usize) -> u16 {
    match usize::from(number) < count {
        true => u16::try_from(usize::from(number) + by).unwrap_or(NOTHING),
        false => NOTHING,
    }
}

impl Numbers {
    fn class(&self, class: ClassId) -> ClassId {
        match class.index() < BUILTIN_CLASSES {
            true => class,
            false => ClassId(shifted(class.0, self.class_count, self.classes - BUILTIN_CLASSES)),
        }
    }

    fn selector(&self, selector: SelectorId) -> SelectorId {
        SelectorId(shifted(selector.0, self.selector_count, self.selectors))
    }

    fn global(&self, global: GlobalId) -> GlobalId {
        GlobalId(shifted(global.0, self.global_count, self.globals))
    }

    fn function(&self, function: FunctionId) -> FunctionId {
        self.functions.get(function.index()).copied().unwrap_or(FunctionId(NOTHING))
    }

    fn constant(&self, constant: ConstantId) -> ConstantId {
        self.constants.get(constant.index()).copied().unwrap_or(ConstantId(NOTHING))
    }

    fn ty(&self, ty: &mut ValueType) {
        if let ValueType::Ref(class) = ty {
            *class = self.class(*class);
        }
    }

    fn renumbered(&self, mut module: Module) -> Result<Module, Problem> {
        for class in module.classes.iter_mut().skip(BUILTIN_CLASSES) {
            class.superclass = class.superclass.map(|superclass| self.class(superclass));
            class.traits.iter_mut().for_each(|id| *id = self.class(*id));
            class.fields.iter_mut().for_each(|field| self.ty(&mut field.ty));
            for (selector, function) in &mut class.methods {
                (*selector, *function) = (self.selector(*selector), self.function(*function));
            }
        }
        for selector in &mut module.selectors {
            selector.owner = self.class(selector.owner);
            selector.params.iter_mut().chain(&mut selector.result).for_each(|ty| self.ty(ty));
        }
        module.globals.iter_mut().for_each(|global| self.ty(&mut global.ty));
        for function in &mut module.functions {
            function.params.iter_mut().chain(&mut function.result).for_each(|ty| self.ty(ty));
            for block in &mut function.blocks {
                block.live_in.iter_mut().for_each(|(_, ty)| self.ty(ty));
                for inst in &mut block.insts {
                    *inst = self.inst(inst)?;
                }
            }
        }
        for export in &mut module.exports {
            export.function = self.function(export.function);
        }
        Ok(module)
    }

    fn inst(&self, inst: &Inst) -> Result<Inst, Problem> {
        let mut operands = Vec::with_capacity(4);
        inst.for_each_operand(|_, operand| {
            operands.push(match operand {
                Operand::Class(class) => Operand::Class(self.class(class)),
                Operand::Field(FieldId { class, slot }) => {
                    Operand::Field(FieldId { class: self.class(class), slot })
                }
                Operand::Function(function) => Operand::Function(self.function(function)),
                Operand::Selector(selector) => Operand::Selector(self.selector(selector)),
                Operand::Global(global) => Operand::Global(self.global(global)),
                Operand::Constant(constant) => Operand::Constant(self.constant(constant)),
                Operand::Reg(_)
                | Operand::I8(_)
                | Operand::I16(_)
                | Operand::U16(_)
                | Operand::I32(_)
                | Operand::I64(_)
                | Operand::F64(_)
                | Operand::U128(_)
                | Operand::I128(_)
                | Operand::Box(_)
                | Operand::Storage(_)
                | Operand::Host(_)
                | Operand::Block(_)
                | Operand::Cases(_)
                | Operand::Trap(_) => operand,
            });
        });
        let mut operands = operands.into_iter();
        let built = Inst::build::<Mismatch>(inst.opcode(), |_| operands.next().ok_or(Mismatch));
        // Operands of the kinds that the instruction had.
        built.map_err(|_| Problem::Numbers("operands"))
    }
}
