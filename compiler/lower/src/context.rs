//! The module under construction: functions and classes by what they are made from, and the work
//! that is still to do. A function is lowered when something that is lowered refers to it, so a
//! module holds only what its exports reach.
//!
//! Guarantees: numbering follows the order of discovery, which depends on the program alone.

use crate::analysis::{Analysis, Capture, Unit};
use crate::classes::{ClassKey, SelectorKey, Slot};
use crate::closures::LambdaPart;
use crate::erase::Builtins;
use crate::library::External;
use crate::repr::Repr;
use fscc_base::{FastMap, FastSet, Idx, Span};
use fscc_ir::{
    ClassId as IrClass, Func, FuncBuilder, FuncId, GlobalId, Import, ImportId, Module, ModuleKind,
    SelectorId, StorageId, Type,
};
use fscc_sema::symbols::{ClassId, FieldId, LocalId, MethodId, Symbols};
use fscc_sema::typed::{Expr, Program};
use fscc_sema::types::TyId;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// What a function is made from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FuncKey {
    /// A method, constructor, accessor or local function.
    Method(MethodId),
    /// Gives a static object, making it at first use.
    Object(ClassId),
    /// The method of a lambda.
    Lambda(usize),
    /// `isDefinedAt` of a partial function.
    LambdaTest(usize),
    /// `applyOrElse` of a partial function: its guards run once.
    LambdaOrElse(usize),
    /// Reads a local lazy value.
    Lazy(LocalId),
    /// The protected part of a `try`.
    Try(usize),
    /// Answers a selector for a class where no function fits as it is.
    Bridge(ClassKey, SelectorId),
    /// A helper that the compiler makes.
    Helper(Helper),
}

/// Helpers that are the same in every module.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Helper {
    /// `Object.equals`: identity.
    ObjectEquals,
    /// `Object.toString`.
    ObjectText,
    /// `Object.hashCode`.
    ObjectHash,
    /// `equals` of a value class.
    ValueEquals(ClassId),
    /// `hashCode` of a value class.
    ValueHash(ClassId),
    /// The element of an array of unknown class, boxed.
    ArrayGet,
    /// Sets an element of an array of unknown class.
    ArraySet,
    /// The length of an array of unknown class.
    ArrayLength,
    /// Copies between arrays of one unknown class.
    ArrayCopy,
    /// Calls a method on a value that may be built in.
    Dispatch(MethodId),
    /// The start of the program.
    Main,
    /// The text of a thrown object.
    Describe,
    /// The text of a trap.
    DescribeTrap,
    /// The function that stands for a method outside of its library.
    Exported(MethodId),
    /// A wrapper around a contract's method, from bytes to bytes.
    Wrapper(MethodId),
    /// Deploys: the constructor from encoded arguments.
    Init(ClassId),
    /// The number of the first invariant that does not hold, or -1.
    Invariants(ClassId),
    /// Runs a suite up to its tests and gives their number.
    SuiteCount,
    /// The name of a test.
    SuiteName,
    /// The kind of a test.
    SuiteKind,
    /// Runs a test.
    SuiteRun,
    /// `encode` of a derived codec.
    Encode(u32),
    /// `decode` of a derived codec.
    Decode(u32),
    /// Gives a codec object, making it at first use.
    Codec(TyId),
    /// Bytes as a value of a type.
    FromBytes(TyId),
    /// A value of a type as bytes.
    ToBytes(TyId),
}

/// A body that is lowered apart from the method in which it stands.
#[derive(Clone, Copy, Debug)]
pub struct Node<'p> {
    /// The node.
    pub expr: &'p Expr,
}

/// A module under construction.
pub struct Lowering<'p> {
    /// What is lowered.
    pub program: &'p Program,
    /// Captures.
    pub analysis: &'p Analysis,
    /// Classes that the machine has.
    pub builtins: &'p Builtins<'p>,
    /// The module.
    pub module: Module,
    /// Classes that are in the module.
    pub classes: FastMap<ClassKey, IrClass>,
    /// Classes of which reachable code makes instances.
    pub instantiated: FastSet<ClassKey>,
    /// Selectors; all of them are called somewhere.
    pub selectors: FastMap<SelectorKey, SelectorId>,
    /// The methods that are called by each selector of a method.
    pub called: FastMap<SelectorId, FastSet<MethodId>>,
    /// Which classes and selectors concern each other.
    pub index: crate::classes::SelectorIndex,
    /// Functions.
    pub funcs: FastMap<FuncKey, FuncId>,
    queue: VecDeque<FuncKey>,
    /// Static objects and codecs.
    pub globals: FastMap<GlobalKey, GlobalId>,
    /// Storage fields of the contract.
    pub storage: FastMap<FieldId, StorageId>,
    /// Nodes of lambdas and protected parts, by address.
    pub nodes: FastMap<usize, Node<'p>>,
    /// Initialisers of local lazy values.
    pub lazies: FastMap<LocalId, &'p Expr>,
    /// Slots of classes, once asked for.
    pub slots: FastMap<ClassId, Rc<[(Slot, Repr)]>>,
    /// Signatures of methods, once asked for.
    sigs: FastMap<MethodId, Rc<Sig>>,
    /// Static objects whose initialisation nobody can notice, once asked for.
    pub inert: FastMap<ClassId, bool>,
    /// What instances of a class run for a method, once asked for.
    pub implementations: RefCell<FastMap<(ClassId, MethodId, usize), Option<MethodId>>>,
    /// Methods that are called and have no body: a mistake of an earlier stage.
    pub missing: Vec<String>,
    /// Derived codecs.
    pub codecs: crate::codec::Codecs,
    /// For suites: the root class.
    pub root: Option<ClassId>,
    /// For programs: the method that runs.
    pub main: Option<MethodId>,
    /// Functions of libraries that the unit may call.
    pub externals: &'p [External],
    /// Those that the module calls.
    pub imports: FastMap<Import, ImportId>,
}

/// What a module-wide variable holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GlobalKey {
    /// The instance of a static object.
    Object(ClassId),
    /// A codec.
    Codec(TyId),
    /// The suite of a suite module.
    Suite,
}

/// The signature of a function: what its parameters hold, and its result.
#[derive(Clone, Debug)]
pub struct Sig {
    /// The receiver, for methods that have one.
    pub this: Option<Repr>,
    /// Captured values.
    pub captures: Vec<(Capture, Repr)>,
    /// Declared parameters.
    pub params: Vec<Repr>,
    /// The result.
    pub result: Repr,
}

impl Sig {
    /// The SSA types of the parameters.
    pub fn types(&self) -> Vec<Type> {
        let captures = self.captures.iter().map(|(_, repr)| *repr);
        let all = self.this.into_iter().chain(captures).chain(self.params.iter().copied());
        all.filter_map(Repr::ty).collect()
    }
}

impl<'p> Lowering<'p> {
    /// An empty module.
    pub fn new(
        program: &'p Program,
        analysis: &'p Analysis,
        builtins: &'p Builtins<'p>,
        externals: &'p [External],
        (name, kind): (&str, ModuleKind),
    ) -> Lowering<'p> {
        Lowering {
            program,
            analysis,
            builtins,
            module: Module::new(name, kind),
            classes: FastMap::default(),
            instantiated: FastSet::default(),
            selectors: FastMap::default(),
            called: FastMap::default(),
            index: crate::classes::SelectorIndex::default(),
            funcs: FastMap::default(),
            queue: VecDeque::new(),
            globals: FastMap::default(),
            storage: FastMap::default(),
            nodes: FastMap::default(),
            lazies: FastMap::default(),
            slots: FastMap::default(),
            sigs: FastMap::default(),
            inert: FastMap::default(),
            implementations: RefCell::default(),
            missing: Vec::new(),
            codecs: crate::codec::Codecs::default(),
            root: None,
            main: None,
            externals,
            imports: FastMap::default(),
        }
    }

    /// The declarations of the program.
    pub fn symbols(&self) -> &'p Symbols {
        &self.program.symbols
    }

    /// The function for a key; it will be lowered.
    pub fn func(&mut self, key: FuncKey) -> FuncId {
        if let Some(known) = self.funcs.get(&key) {
            return *known;
        }
        let id = self.module.funcs.push(Func::default());
        self.funcs.insert(key, id);
        self.queue.push_back(key);
        id
    }

    /// Lowers everything that is asked for until nothing is left.
    pub fn run(&mut self) {
        while let Some(key) = self.queue.pop_front() {
            let func = self.lower_function(key);
            let id = self.funcs[&key];
            self.module.funcs[id] = func;
        }
        crate::rows::declare_rows(&mut self.module);
    }

    fn lower_function(&mut self, key: FuncKey) -> Func {
        match key {
            FuncKey::Method(method) => self.lower_method(method),
            FuncKey::Object(class) => self.lower_object(class),
            FuncKey::Lambda(node) => self.lower_lambda(node, LambdaPart::Apply),
            FuncKey::LambdaTest(node) => self.lower_lambda(node, LambdaPart::Test),
            FuncKey::LambdaOrElse(node) => self.lower_lambda(node, LambdaPart::OrElse),
            FuncKey::Lazy(local) => self.lower_lazy(local),
            FuncKey::Try(node) => self.lower_protected(node),
            FuncKey::Bridge(class, selector) => self.lower_bridge(class, selector),
            FuncKey::Helper(helper) => self.lower_helper(helper),
        }
    }

    /// The finished module.
    ///
    /// # Panics
    /// If a method is called whose body the checker has not typed: a mistake of the compiler, and
    /// better told than run.
    pub fn finish(self) -> Module {
        assert!(self.missing.is_empty(), "no body for {}", self.missing.join(", "));
        self.module
    }

    /// The global for a key.
    pub fn global(&mut self, key: GlobalKey, name: &str, ty: Type) -> GlobalId {
        if let Some(known) = self.globals.get(&key) {
            return *known;
        }
        let global = fscc_ir::module::Global { name: name.to_owned(), ty };
        let id = self.module.globals.push(global);
        self.globals.insert(key, id);
        id
    }

    /// A builder for a function with this signature.
    pub fn builder(&self, name: &str, sig: &Sig, span: Span) -> FuncBuilder {
        FuncBuilder::new(name, &sig.types(), sig.result.ty(), span)
    }

    /// The signature of a method's function.
    pub fn method_sig(&mut self, method: MethodId) -> Rc<Sig> {
        if let Some(known) = self.sigs.get(&method) {
            return Rc::clone(known);
        }
        let sig = Rc::new(self.make_method_sig(method));
        self.sigs.insert(method, Rc::clone(&sig));
        sig
    }

    fn make_method_sig(&mut self, method: MethodId) -> Sig {
        use fscc_sema::symbols::{MethodKind, Owner};
        let symbols = self.symbols();
        let info = &symbols.methods[method];
        let mut captures = Vec::new();
        let mut this = None;
        match info.owner {
            Owner::Method(_) => {
                let needed: Vec<Capture> = self.analysis.captures(Unit::Method(method)).collect();
                let class = self.analysis.units.get(&Unit::Method(method)).and_then(|u| u.class);
                for capture in needed {
                    captures.push((capture, self.capture_repr(capture, class)));
                }
            }
            Owner::Class(class) => {
                if self.has_this(method) {
                    this = Some(self.this_repr(class));
                }
                if info.kind == MethodKind::Constructor {
                    captures = self.constructor_captures(class);
                }
            }
            Owner::Package => {}
        }
        let params = info.params.iter().map(|local| self.local_repr(*local)).collect();
        let result = match info.kind {
            MethodKind::Constructor => Repr::Unit,
            _ => self.repr(info.result),
        };
        Sig { this, captures, params, result }
    }

    /// What a constructor takes besides its parameters: the instance around, captured locals.
    pub fn constructor_captures(&mut self, class: ClassId) -> Vec<(Capture, Repr)> {
        let mut captures = Vec::new();
        if let Some(outer) = crate::analysis::enclosing_class(self.symbols(), class) {
            captures.push((Capture::This, self.this_repr(outer)));
        }
        let kept: Vec<Capture> = self.analysis.kept_by(class).collect();
        for capture in kept {
            captures.push((capture, self.capture_repr(capture, None)));
        }
        captures
    }

    /// How a captured thing is passed; `class` is the class of `this`.
    pub fn capture_repr(&mut self, capture: Capture, class: Option<ClassId>) -> Repr {
        match capture {
            Capture::This => class.map_or(Repr::Any, |class| self.this_repr(class)),
            Capture::Local(local) => match self.cell_key(local) {
                Some(cell) => Repr::Ref(self.class(cell)),
                None => self.local_repr(local),
            },
            Capture::ReturnCell => Repr::Ref(self.class(ClassKey::ReturnCell)),
        }
    }

    /// The class of the cell of a local, if it lives in one.
    pub fn cell_key(&mut self, local: LocalId) -> Option<ClassKey> {
        let info = &self.symbols().locals[local];
        let ty = self.local_repr(local).ty();
        if info.is_lazy {
            return Some(ClassKey::LazyCell(ty.map(plain_type)));
        }
        match ty {
            Some(ty) if self.analysis.in_cell.contains(&local) => {
                Some(ClassKey::Cell(plain_type(ty)))
            }
            _ => None,
        }
    }

    /// Whether the function of a method takes the receiver: not for members of static objects,
    /// which find the instance in a global.
    pub fn has_this(&self, method: MethodId) -> bool {
        use fscc_sema::symbols::{MethodKind, Owner};
        let symbols = self.symbols();
        let info = &symbols.methods[method];
        match info.owner {
            Owner::Class(class) => {
                info.kind == MethodKind::Constructor
                    || !crate::classes::is_static_object(symbols, class)
            }
            Owner::Package | Owner::Method(_) => false,
        }
    }

    /// The name of a function, for traces.
    pub fn method_name(&self, method: MethodId) -> String {
        use fscc_sema::symbols::Owner;
        let symbols = self.symbols();
        let mut parts = vec![symbols.methods[method].name.as_str().to_owned()];
        let mut owner = symbols.methods[method].owner;
        loop {
            match owner {
                Owner::Package => break,
                Owner::Class(class) => {
                    parts.push(symbols.classes[class].full_name.clone());
                    break;
                }
                Owner::Method(method) => {
                    parts.push(symbols.methods[method].name.as_str().to_owned());
                    owner = symbols.methods[method].owner;
                }
            }
        }
        parts.reverse();
        parts.join(".")
    }

    /// The classes of the module by number, for names.
    pub fn class_name(&self, class: IrClass) -> &str {
        self.module.classes.get(class).map_or("?", |class| class.name.as_str())
    }

    /// How many functions there are so far.
    pub fn func_count(&self) -> usize {
        self.module.funcs.next_index().index()
    }
}

/// Cells hold references as `Any`, so that there are six classes of cells at most.
pub fn plain_type(ty: Type) -> Type {
    match ty {
        Type::Ref(_) => Type::Any,
        other => other,
    }
}
