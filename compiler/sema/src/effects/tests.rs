//! Inference on small trees built by hand.

use super::{Atom, Effect, Row, infer};
use crate::known::Known;
use crate::symbols::{
    Class, ClassId, ClassKind, FieldId, Implementation, Local, LocalId, Method, MethodId,
    MethodKind, Owner, ParamList, Passing, StorageKind, Symbols,
};
use crate::typed::{Body, Constant, Dispatch, Expr, ExprKind, Message, Program, Stmt};
use crate::types::{TyId, Types};
use fscc_base::{FastMap, FileId, Name, Span};
use pretty_assertions::assert_eq;

/// A program under construction: one contract `C` with a stored field, and `scala.Function0`.
struct Builder {
    program: Program,
    contract: ClassId,
    function: TyId,
    apply: MethodId,
    stored: FieldId,
    next: u32,
}

impl Builder {
    fn new() -> Self {
        let mut program = Program {
            symbols: Symbols::default().into(),
            types: Types::new(),
            known: Known::default(),
            bodies: FastMap::default().into(),
            instantiated: Vec::new(),
            mains: Vec::new(),
            contracts: Vec::new(),
            suites: Vec::new(),
            exported: Vec::new(),
            match_kinds: FastMap::default().into(),
            allowances: crate::allow::Allowances::default().into(),
        };
        let contract = class(&mut program, "C");
        let function_class = class(&mut program, "scala.Function0");
        let function = program.types.class(function_class, &[]);
        let stored = program.symbols.fields.push(crate::symbols::Field {
            name: Name::new("held"),
            owner: contract,
            ty: TyId::from_u32(0),
            is_mutable: true,
            is_lazy: false,
            is_param: false,
            getter: None,
            setter: None,
            storage: Some(StorageKind::Value),
            span: Span::synthetic(),
        });
        let mut builder =
            Builder { program, contract, function, apply: MethodId::from_u32(0), stored, next: 0 };
        builder.apply = builder.declare("apply", Owner::Class(function_class), &[]);
        builder.program.symbols.methods[builder.apply].implementation = Implementation::Abstract;
        builder
    }

    fn span(&mut self) -> Span {
        self.next += 1;
        Span::new(FileId::from_u32(0), self.next, self.next + 1)
    }

    fn expr(&mut self, kind: ExprKind) -> Expr {
        let span = self.span();
        Expr { kind, ty: TyId::from_u32(0), span }
    }

    fn local(&mut self, name: &str) -> LocalId {
        self.program.symbols.locals.push(Local {
            name: Name::new(name),
            ty: self.function,
            is_mutable: false,
            is_lazy: false,
            passing: Passing::Value,
            has_default: false,
            is_captured: false,
            span: Span::synthetic(),
        })
    }

    fn declare(&mut self, name: &str, owner: Owner, params: &[LocalId]) -> MethodId {
        let span = self.span();
        self.program.symbols.methods.push(Method {
            name: Name::new(name),
            owner,
            kind: MethodKind::Def,
            implementation: Implementation::Source,
            type_params: Vec::new(),
            params: params.to_vec(),
            lists: vec![ParamList { len: params.len() as u32, is_using: false }],
            result: TyId::from_u32(0),
            overrides: Vec::new(),
            is_final: true,
            is_private: true,
            entry: None,
            declared_effects: None,
            span,
        })
    }

    /// A method of the contract.
    fn method(&mut self, name: &str, params: &[LocalId]) -> MethodId {
        let owner = Owner::Class(self.contract);
        self.declare(name, owner, params)
    }

    fn body(&mut self, method: MethodId, expr: Expr) {
        self.program.bodies.insert(method, Body::Expr(expr));
    }

    fn unit(&mut self) -> Expr {
        self.expr(ExprKind::Constant(Constant::Unit))
    }

    fn emit(&mut self) -> Expr {
        let event = self.unit();
        self.expr(ExprKind::Message(Box::new(Message::Emit(event))))
    }

    fn read(&mut self) -> Expr {
        let class = self.contract;
        let this = self.expr(ExprKind::This(class));
        let field = self.stored;
        self.expr(ExprKind::Field(Box::new(this), field))
    }

    fn call(&mut self, method: MethodId, args: Vec<Expr>) -> Expr {
        let class = self.contract;
        let this = self.expr(ExprKind::This(class));
        self.expr(ExprKind::Call {
            method,
            dispatch: Dispatch::Static,
            receiver: Some(Box::new(this)),
            type_args: Vec::new(),
            args,
        })
    }

    /// `function()`.
    fn run(&mut self, function: Expr) -> Expr {
        let method = self.apply;
        self.expr(ExprKind::Call {
            method,
            dispatch: Dispatch::Virtual,
            receiver: Some(Box::new(function)),
            type_args: Vec::new(),
            args: Vec::new(),
        })
    }

    fn lambda(&mut self, body: Expr) -> Expr {
        let method = self.apply;
        let body = Box::new(body);
        self.expr(ExprKind::Lambda { params: Vec::new(), body, is_defined_at: None, method })
    }

    fn row(&self, method: MethodId) -> String {
        infer(&self.program).row(method).to_string()
    }
}

fn class(program: &mut Program, name: &str) -> ClassId {
    program.symbols.classes.push(Class {
        name: Name::new(name),
        full_name: name.to_owned(),
        owner: Owner::Package,
        kind: ClassKind::Class,
        is_abstract: false,
        is_final: true,
        is_sealed: false,
        is_case: false,
        is_enum: false,
        ordinal: None,
        role: None,
        type_params: Vec::new(),
        own_type_params: 0,
        parents: Vec::new(),
        linearization: Vec::new(),
        this_ty: TyId::from_u32(0),
        self_ty: None,
        fields: Vec::new(),
        methods: Vec::new(),
        classes: Vec::new(),
        constructor: None,
        companion: None,
        children: Vec::new(),
        case_fields: Vec::new(),
        is_library: false,
        span: Span::synthetic(),
    })
}

#[test]
fn effects_come_through_helpers_by_the_shortest_way() {
    let mut b = Builder::new();
    let (entry, middle, last) =
        (b.method("entry", &[]), b.method("middle", &[]), b.method("last", &[]));
    let emit = b.emit();
    b.body(last, emit);
    let call = b.call(last, Vec::new());
    b.body(middle, call);
    let (first, second) = (b.call(middle, Vec::new()), b.call(last, Vec::new()));
    let block = b.expr(ExprKind::Block(vec![Stmt::Expr(first)], Box::new(second)));
    b.body(entry, block);
    let table = infer(&b.program);
    assert_eq!(table.row(entry), Row::of(Effect::Emit));
    let path = table.path(entry, Atom::Emit(None));
    let methods: Vec<Option<MethodId>> = path.iter().map(|step| step.method).collect();
    assert_eq!(methods, [Some(last), None]);
    assert_eq!(path[1].word, "emit");
}

#[test]
fn methods_that_call_each_other_share_their_effects() {
    let mut b = Builder::new();
    let (even, odd) = (b.method("even", &[]), b.method("odd", &[]));
    let call = b.call(odd, Vec::new());
    b.body(even, call);
    let (read, call) = (b.read(), b.call(even, Vec::new()));
    let block = b.expr(ExprKind::Block(vec![Stmt::Expr(read)], Box::new(call)));
    b.body(odd, block);
    assert_eq!((b.row(even), b.row(odd)), ("Read".to_owned(), "Read".to_owned()));
}

#[test]
fn a_function_argument_is_charged_to_the_caller() {
    let mut b = Builder::new();
    let f = b.local("f");
    let twice = b.method("twice", &[f]);
    let local = b.expr(ExprKind::Local(f));
    let run = b.run(local);
    b.body(twice, run);
    let g = b.local("g");
    let pass = b.method("pass", &[g]);
    let local = b.expr(ExprKind::Local(g));
    let call = b.call(twice, vec![local]);
    b.body(pass, call);
    let (loud, quiet) = (b.method("loud", &[]), b.method("quiet", &[]));
    let emit = b.emit();
    let lambda = b.lambda(emit);
    let call = b.call(pass, vec![lambda]);
    b.body(loud, call);
    let unit = b.unit();
    let lambda = b.lambda(unit);
    let call = b.call(pass, vec![lambda]);
    b.body(quiet, call);
    let table = infer(&b.program);
    assert_eq!(table.row(twice), Row::PURE);
    let calls = &table.signature(pass).expect("it has a body").calls;
    assert_eq!(calls.keys().copied().collect::<Vec<_>>(), [g]);
    assert_eq!(b.row(loud), "Emit");
    assert_eq!(b.row(quiet), "Pure");
}

#[test]
fn a_function_in_a_local_is_followed() {
    let mut b = Builder::new();
    let entry = b.method("entry", &[]);
    let f = b.local("f");
    let emit = b.emit();
    let lambda = b.lambda(emit);
    let local = b.expr(ExprKind::Local(f));
    let run = b.run(local);
    let block = b.expr(ExprKind::Block(vec![Stmt::Let(f, lambda)], Box::new(run)));
    b.body(entry, block);
    assert_eq!(b.row(entry), "Emit");
}

#[test]
fn a_function_that_is_only_made_has_no_effect() {
    let mut b = Builder::new();
    let (make, user) = (b.method("make", &[]), b.method("user", &[]));
    let emit = b.emit();
    let lambda = b.lambda(emit);
    b.body(make, lambda);
    // Who calls a function of unknown origin may call that one.
    let made = b.call(make, Vec::new());
    let run = b.run(made);
    b.body(user, run);
    assert_eq!(b.row(make), "Pure");
    assert_eq!(b.row(user), "Emit");
}

#[test]
fn reading_a_constant_of_the_contract_is_no_effect() {
    let mut b = Builder::new();
    let stored = b.stored;
    b.program.symbols.fields[stored].is_mutable = false;
    let entry = b.method("entry", &[]);
    let read = b.read();
    b.body(entry, read);
    let table = infer(&b.program);
    let signature = table.signature(entry).expect("it has a body");
    assert_eq!(signature.row(), Row::PURE);
    assert_eq!(signature.machine_row(), Row::READ);
}
