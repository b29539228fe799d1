//! The typed tree as stable text, for `--emit typed`: the classes of user code with fields and
//! methods, bodies as an indented tree, one node per line, with the type where the node does not
//! tell it. Numbers of the arenas never show, so that the library does not change the text.

use crate::symbols::{
    Class, ClassId, ClassKind, ContractRole, EntryKind, FieldId, Implementation, LocalId, Method,
    MethodId, MethodKind, Owner, StorageKind, Symbols, Synthetic,
};
use crate::typed::{
    Body, Case, Constant, ConstructorCall, Dispatch, Expr, ExprKind, ExtractorResult, Message,
    MessageCall, Pattern, PatternKind, Program, SavedArg, SavedCall, Stmt, StorageOp, WorldOp,
};
use crate::types::TyId;
use fscc_base::FastMap;
use std::fmt::Write as _;

/// The user's part of a program as text.
pub fn print(program: &Program) -> String {
    let mut printer = Printer {
        program,
        symbols: &program.symbols,
        out: String::new(),
        depth: 0,
        names: FastMap::default(),
    };
    for (id, class) in program.symbols.classes.iter_enumerated() {
        if !class.is_library {
            printer.class(id, class);
        }
    }
    printer.out
}

struct Printer<'a> {
    program: &'a Program,
    symbols: &'a Symbols,
    out: String,
    depth: usize,
    /// How locals of the current body are written: two of one name get numbers.
    names: FastMap<LocalId, String>,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn inside(&mut self, print: impl FnOnce(&mut Self)) {
        self.depth += 1;
        print(self);
        self.depth -= 1;
    }

    fn ty(&self, ty: TyId) -> String {
        self.program.types.show(self.symbols, ty)
    }

    fn local(&mut self, local: LocalId) -> String {
        if let Some(name) = self.names.get(&local) {
            return name.clone();
        }
        let plain = self.symbols.locals[local].name.to_string();
        let mut name = plain.clone();
        let mut number = 2;
        while self.names.values().any(|other| *other == name) {
            name = format!("{plain}~{number}");
            number += 1;
        }
        self.names.insert(local, name.clone());
        name
    }

    fn class_name(&self, class: ClassId) -> &str {
        &self.symbols.classes[class].full_name
    }

    fn method_name(&self, method: MethodId) -> String {
        let info = &self.symbols.methods[method];
        match info.owner {
            Owner::Class(class) => format!("{}.{}", self.class_name(class), info.name),
            Owner::Package | Owner::Method(_) => info.name.to_string(),
        }
    }

    fn field_name(&self, field: FieldId) -> String {
        let info = &self.symbols.fields[field];
        format!("{}.{}", self.class_name(info.owner), info.name)
    }

    // ── declarations ───────────────────────────────────────────────────────────────────────────

    fn class(&mut self, id: ClassId, class: &Class) {
        let mut head = String::new();
        let flags = [
            (class.is_abstract && class.kind == ClassKind::Class, "abstract "),
            (class.is_final && class.kind != ClassKind::Object, "final "),
            (class.is_sealed, "sealed "),
            (class.is_case, "case "),
            (class.is_enum, "enum "),
        ];
        for (is_set, word) in flags {
            if is_set {
                head.push_str(word);
            }
        }
        head.push_str(match class.kind {
            ClassKind::Class => "class ",
            ClassKind::Trait => "trait ",
            ClassKind::Object => "object ",
        });
        head.push_str(
            &self.ty_params(&class.full_name, &class.type_params[..class.own_type_params]),
        );
        let parents: Vec<String> = class.parents.iter().map(|parent| self.ty(*parent)).collect();
        if !parents.is_empty() {
            let _ = write!(head, " extends {}", parents.join(", "));
        }
        if let Some(number) = class.ordinal {
            let _ = write!(head, " [ordinal {number}]");
        }
        head.push_str(match class.role {
            Some(ContractRole::Contract) => " [contract]",
            Some(ContractRole::Interface) => " [interface]",
            Some(ContractRole::Suite) => " [suite]",
            None => "",
        });
        self.line(&head);
        self.inside(|printer| {
            for field in &class.fields {
                printer.field(*field);
            }
            for (method, info) in printer.symbols.methods.iter_enumerated() {
                if info.owner == Owner::Class(id) {
                    printer.method(method, info);
                }
            }
        });
    }

    fn ty_params(&self, name: &str, params: &[crate::symbols::TypeParamId]) -> String {
        if params.is_empty() {
            return name.to_owned();
        }
        let names: Vec<&str> =
            params.iter().map(|param| self.symbols.type_params[*param].name.as_str()).collect();
        format!("{name}[{}]", names.join(", "))
    }

    fn field(&mut self, field: FieldId) {
        let info = &self.symbols.fields[field];
        let word = match (info.is_lazy, info.is_mutable) {
            (true, _) => "lazy val",
            (_, true) => "var",
            _ => "val",
        };
        let stored = match info.storage {
            Some(StorageKind::Value) => " [stored]",
            Some(StorageKind::Map) => " [stored map]",
            Some(StorageKind::Set) => " [stored set]",
            None => "",
        };
        let param = if info.is_param { " [parameter]" } else { "" };
        let text = format!("{word} {}: {}{param}{stored}", info.name, self.ty(info.ty));
        self.line(&text);
    }

    fn method(&mut self, id: MethodId, method: &Method) {
        self.names.clear();
        let mut head = match method.kind {
            MethodKind::Def => "def ".to_owned(),
            MethodKind::Constructor => "constructor ".to_owned(),
            MethodKind::Getter(_) => "getter ".to_owned(),
            MethodKind::Setter(_) => "setter ".to_owned(),
            MethodKind::Default(of, position) => {
                format!("default {position} of {} ", self.symbols.methods[of].name)
            }
        };
        head.push_str(&self.ty_params(method.name.as_str(), &method.type_params));
        head.push_str(&self.params(method));
        let _ = write!(head, ": {}", self.ty(method.result));
        if let Some((row, _)) = method.declared_effects {
            let _ = write!(head, " can {row}");
        }
        head.push_str(match method.entry {
            Some(EntryKind::Entry) => " [entry]",
            Some(EntryKind::Payable) => " [payable]",
            Some(EntryKind::View) => " [view]",
            Some(EntryKind::Handler) => " [handler]",
            None => "",
        });
        match method.implementation {
            Implementation::Abstract => head.push_str(" [abstract]"),
            Implementation::Source => {}
            Implementation::Intrinsic(name) => {
                let _ = write!(head, " [intrinsic {name}]");
            }
            Implementation::Synthetic(kind) => {
                let _ = write!(head, " [{}]", synthetic(kind));
            }
        }
        self.line(&head);
        let program = self.program;
        if let Some(body) = program.bodies.get(&id) {
            self.inside(|printer| printer.body(body));
        }
    }

    fn params(&mut self, method: &Method) -> String {
        let mut params = method.params.iter();
        let mut out = String::new();
        for list in &method.lists {
            let texts: Vec<String> = params
                .by_ref()
                .take(list.len as usize)
                .map(|param| {
                    let name = self.local(*param);
                    format!("{name}: {}", self.ty(self.symbols.locals[*param].ty))
                })
                .collect();
            let using = if list.is_using { "using " } else { "" };
            let _ = write!(out, "({using}{})", texts.join(", "));
        }
        out
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Expr(expr) => self.expr(expr),
            Body::Constructor(constructor) => {
                if let Some(call) = &constructor.super_call {
                    self.constructor_call("super", call);
                }
                for call in &constructor.traits {
                    self.constructor_call("trait", call);
                }
                for stmt in &constructor.statements {
                    self.stmt(stmt);
                }
            }
        }
    }

    fn constructor_call(&mut self, word: &str, call: &ConstructorCall) {
        let text = format!("{word} {}", self.class_name(call.class));
        self.line(&text);
        self.inside(|printer| call.args.iter().for_each(|arg| printer.expr(arg)));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Expr(expr) => self.expr(expr),
            Stmt::Let(local, value) => {
                let info = &self.symbols.locals[*local];
                let word = match (info.is_lazy, info.is_mutable) {
                    (true, _) => "lazy val",
                    (_, true) => "var",
                    _ => "val",
                };
                let ty = self.ty(info.ty);
                let name = self.local(*local);
                self.line(&format!("{word} {name}: {ty}"));
                self.inside(|printer| printer.expr(value));
            }
            Stmt::Function(method) => {
                let info = &self.symbols.methods[*method];
                let mut head =
                    format!("def {}", self.ty_params(info.name.as_str(), &info.type_params));
                head.push_str(&self.params(info));
                let _ = write!(head, ": {}", self.ty(info.result));
                self.line(&head);
                let program = self.program;
                if let Some(body) = program.bodies.get(method) {
                    self.inside(|printer| printer.body(body));
                }
            }
            Stmt::Class(class) => {
                let text = format!("class {}", self.class_name(*class));
                self.line(&text);
            }
        }
    }

    // ── expressions ────────────────────────────────────────────────────────────────────────────

    fn node(&mut self, text: &str, parts: &[&Expr]) {
        self.line(text);
        self.inside(|printer| parts.iter().for_each(|part| printer.expr(part)));
    }

    fn expr(&mut self, expr: &Expr) {
        let ty = || self.ty(expr.ty);
        match &expr.kind {
            ExprKind::Error => self.line("error"),
            ExprKind::Constant(value) => {
                let text = format!("{}: {}", constant(value), ty());
                self.line(&text);
            }
            ExprKind::Local(local) => {
                let text = self.local(*local);
                self.line(&text);
            }
            ExprKind::AssignLocal(local, value) => {
                let text = format!("{} =", self.local(*local));
                self.node(&text, &[value]);
            }
            ExprKind::This(class) => {
                let text = format!("this {}", self.class_name(*class));
                self.line(&text);
            }
            ExprKind::Object(class) => {
                let text = format!("object {}", self.class_name(*class));
                self.line(&text);
            }
            ExprKind::Field(base, field) => {
                let text = format!("field {}: {}", self.field_name(*field), ty());
                self.node(&text, &[base]);
            }
            ExprKind::AssignField(base, field, value) => {
                let text = format!("set {}", self.field_name(*field));
                self.node(&text, &[base, value]);
            }
            ExprKind::Call { method, dispatch, receiver, type_args, args } => {
                let word = match dispatch {
                    Dispatch::Virtual => "call".to_owned(),
                    Dispatch::Static => "call static".to_owned(),
                    Dispatch::SuperOf(class) => {
                        format!("call super of {}", self.class_name(*class))
                    }
                };
                let types = self.ty_args(type_args);
                let text = format!("{word} {}{types}: {}", self.method_name(*method), ty());
                let parts: Vec<&Expr> = receiver.as_deref().into_iter().chain(args).collect();
                self.node(&text, &parts);
            }
            ExprKind::New { outer, args, .. } => {
                let text = format!("new {}", ty());
                let parts: Vec<&Expr> = outer.as_deref().into_iter().chain(args).collect();
                self.node(&text, &parts);
            }
            ExprKind::Lambda { params, body, is_defined_at, .. } => {
                let names: Vec<String> = params.iter().map(|param| self.local(*param)).collect();
                let text = format!("lambda ({}): {}", names.join(", "), self.ty(expr.ty));
                let parts: Vec<&Expr> =
                    std::iter::once(&**body).chain(is_defined_at.as_deref()).collect();
                self.node(&text, &parts);
            }
            ExprKind::Block(stmts, result) => {
                self.line("block");
                self.inside(|printer| {
                    stmts.iter().for_each(|stmt| printer.stmt(stmt));
                    printer.expr(result);
                });
            }
            ExprKind::If(condition, yes, no) => {
                let text = format!("if: {}", ty());
                self.node(&text, &[condition, yes, no]);
            }
            ExprKind::While(condition, body) => self.node("while", &[condition, body]),
            ExprKind::And(a, b) => self.node("and", &[a, b]),
            ExprKind::Or(a, b) => self.node("or", &[a, b]),
            ExprKind::Match(scrutinee, cases) => {
                let text = format!("match: {}", ty());
                self.node(&text, &[scrutinee]);
                self.inside(|printer| cases.iter().for_each(|case| printer.case(case)));
            }
            ExprKind::Try(body, cases, finalizer) => {
                let text = format!("try: {}", ty());
                self.node(&text, &[body]);
                self.inside(|printer| {
                    cases.iter().for_each(|case| printer.case(case));
                    if let Some(finalizer) = finalizer {
                        printer.node("finally", &[finalizer]);
                    }
                });
            }
            _ => self.rare(expr),
        }
    }

    fn rare(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Throw(value) => self.node("throw", &[value]),
            ExprKind::Return(method, value) => {
                let text = format!("return from {}", self.symbols.methods[*method].name);
                self.node(&text, &[value]);
            }
            ExprKind::Cast(value, ty) => {
                let text = format!("cast {}", self.ty(*ty));
                self.node(&text, &[value]);
            }
            ExprKind::Is(value, ty) => {
                let text = format!("is {}", self.ty(*ty));
                self.node(&text, &[value]);
            }
            ExprKind::Equals(a, b) => self.node("equals", &[a, b]),
            ExprKind::Concat(parts) => self.node("concat", &refs(parts)),
            ExprKind::Sequence(parts, ty) => {
                let text = format!("sequence of {}", self.ty(*ty));
                self.node(&text, &refs(parts));
            }
            ExprKind::Array(parts, ty) => {
                let text = format!("array of {}", self.ty(*ty));
                self.node(&text, &refs(parts));
            }
            ExprKind::Storage(op, field, args) => {
                let text = format!("storage {} {}", storage_op(*op), self.field_name(*field));
                self.node(&text, &refs(args));
            }
            ExprKind::Message(message) => self.message(message),
            ExprKind::World(operation) => self.world(operation),
            _ => self.line("error"),
        }
    }

    fn ty_args(&self, args: &[TyId]) -> String {
        if args.is_empty() {
            return String::new();
        }
        let texts: Vec<String> = args.iter().map(|arg| self.ty(*arg)).collect();
        format!("[{}]", texts.join(", "))
    }

    fn case(&mut self, case: &Case) {
        self.line("case");
        self.inside(|printer| {
            printer.pattern(&case.pattern);
            if let Some(guard) = &case.guard {
                printer.node("guard", &[guard]);
            }
            printer.node("=>", &[&case.body]);
        });
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Wildcard => self.line("_"),
            PatternKind::Bind(local, inner) => {
                let text = format!("bind {}", self.local(*local));
                self.line(&text);
                self.inside(|printer| printer.pattern(inner));
            }
            PatternKind::Equals(value) => self.node("equals", &[value]),
            PatternKind::Typed(inner) => {
                let text = format!("typed {}", self.ty(pattern.ty));
                self.line(&text);
                self.inside(|printer| printer.pattern(inner));
            }
            PatternKind::Belongs(class, outer, inner) => {
                let text = format!("{} of", self.class_name(*class));
                self.node(&text, &[outer]);
                self.inside(|printer| printer.pattern(inner));
            }
            PatternKind::Class(class, parts) => {
                let text = format!("class {}", self.class_name(*class));
                self.line(&text);
                self.inside(|printer| parts.iter().for_each(|part| printer.pattern(part)));
            }
            PatternKind::Sequence { prefix, rest } => {
                self.line("sequence");
                self.inside(|printer| {
                    prefix.iter().for_each(|part| printer.pattern(part));
                    if let Some(rest) = rest {
                        printer.line("rest");
                        printer.inside(|printer| printer.pattern(rest));
                    }
                });
            }
            PatternKind::Alternative(parts) => {
                self.line("alternative");
                self.inside(|printer| parts.iter().for_each(|part| printer.pattern(part)));
            }
            PatternKind::Extractor { scrutinee, call, result } => {
                let text = format!("extractor on {}", self.local(*scrutinee));
                self.node(&text, &[call]);
                self.inside(|printer| match result {
                    ExtractorResult::Boolean => {}
                    ExtractorResult::Option { pattern, .. } => printer.pattern(pattern),
                    ExtractorResult::Product { fields, .. } => {
                        fields.iter().for_each(|(_, part)| printer.pattern(part));
                    }
                });
            }
        }
    }

    // ── contracts and suites ───────────────────────────────────────────────────────────────────

    fn message(&mut self, message: &Message) {
        match message {
            Message::Pay { to, amount, delivered, bounced } => {
                self.node("pay", &[to, amount]);
                self.saved("delivered", delivered);
                self.saved("bounced", bounced);
            }
            Message::Send { to, call, value, bounced } => {
                self.node("send", &[to, value]);
                self.message_call(call);
                self.saved("bounced", bounced);
            }
            Message::Ask { to, call, value, reply, bounced } => {
                self.node("ask", &[to, value]);
                self.message_call(call);
                self.saved("reply", reply);
                self.saved("bounced", bounced);
            }
            Message::Schedule { at, call } => {
                self.node("schedule", &[at]);
                self.saved("call", call);
            }
            Message::Spawn { value, class, args, bounced } => {
                let text = format!("spawn {}", self.class_name(*class));
                let parts: Vec<&Expr> = std::iter::once(value).chain(args).collect();
                self.node(&text, &parts);
                self.saved("bounced", bounced);
            }
            Message::Emit(value) => self.node("emit", &[value]),
            Message::Story(value) => self.node("story", &[value]),
            Message::Conclude(value) => self.node("conclude", &[value]),
            Message::Abort(value) => self.node("abort", &[value]),
            Message::Invariant(method) => {
                let text = format!("invariant {}", self.symbols.methods[*method].name);
                self.line(&text);
            }
            Message::Ensuring { olds, body, result, condition } => {
                self.line("ensuring");
                self.inside(|printer| {
                    for (local, value) in olds {
                        let text = format!("old {}", printer.local(*local));
                        printer.node(&text, &[value]);
                    }
                    printer.expr(body);
                    let text = format!("condition on {}", printer.local(*result));
                    printer.node(&text, &[condition]);
                });
            }
        }
    }

    fn saved(&mut self, word: &str, call: &SavedCall) {
        self.inside(|printer| {
            let name = match call.handler {
                Some(handler) => printer.symbols.methods[handler].name.to_string(),
                None => "()".to_owned(),
            };
            printer.line(&format!("{word} {name}"));
            printer.inside(|printer| {
                for arg in &call.args {
                    match arg {
                        SavedArg::Hole => printer.line("hole"),
                        SavedArg::Value(value) => printer.expr(value),
                    }
                }
            });
        });
    }

    fn message_call(&mut self, call: &MessageCall) {
        self.inside(|printer| {
            let text = format!("message {}", printer.method_name(call.method));
            printer.node(&text, &refs(&call.args));
        });
    }

    fn world(&mut self, operation: &WorldOp) {
        match operation {
            WorldOp::Deploy { class, args, value, from } => {
                let text = format!("deploy {}", self.class_name(*class));
                let extra = [value, from].into_iter().flatten();
                let parts: Vec<&Expr> = args.iter().chain(extra).collect();
                self.node(&text, &parts);
            }
            WorldOp::Call { target, from, value, call } => {
                self.node("world call", &[target, from, value]);
                self.message_call(call);
            }
            WorldOp::Query { target, call } => {
                self.node("world query", &[target]);
                self.message_call(call);
            }
        }
    }
}

fn refs(parts: &[Expr]) -> Vec<&Expr> {
    parts.iter().collect()
}

fn synthetic(kind: Synthetic) -> &'static str {
    match kind {
        Synthetic::CaseEquals => "case equals",
        Synthetic::CaseHash => "case hash",
        Synthetic::CaseText => "case text",
        Synthetic::CaseCopy => "case copy",
        Synthetic::CaseApply => "case apply",
        Synthetic::EnumOrdinal => "enum ordinal",
        Synthetic::EnumValues => "enum values",
        Synthetic::EnumValueOf => "enum value of",
        Synthetic::EnumFromOrdinal => "enum from ordinal",
        Synthetic::ProductArity => "product arity",
        Synthetic::ProductElement => "product element",
        Synthetic::ProductPrefix => "product prefix",
    }
}

fn storage_op(op: StorageOp) -> &'static str {
    match op {
        StorageOp::Get => "get",
        StorageOp::GetOrElse => "get or else",
        StorageOp::Apply => "apply",
        StorageOp::Contains => "contains",
        StorageOp::Size => "size",
        StorageOp::IsEmpty => "is empty",
        StorageOp::Put => "put",
        StorageOp::Remove => "remove",
        StorageOp::Include => "include",
        StorageOp::Clear => "clear",
    }
}

fn constant(value: &Constant) -> String {
    match value {
        Constant::Unit => "()".to_owned(),
        Constant::Boolean(value) => value.to_string(),
        Constant::Int(value) => value.to_string(),
        Constant::Long(value) => value.to_string(),
        Constant::Char(unit) => format!("'\\u{unit:04x}'"),
        Constant::Float(bits) | Constant::Double(bits) => format!("{:?}", f64::from_bits(*bits)),
        Constant::String(units) => format!("{:?}", String::from_utf16_lossy(units)),
        Constant::Null => "null".to_owned(),
    }
}
