//! The ABI of a contract as JSON: what a wallet, an indexer or another language needs in order to
//! talk to it. Its form is described by `docs/abi.schema.json`.
//!
//! Guarantees: keys in alphabetical order, lists in source order, so that equal contracts give
//! equal text.

use crate::Prepared;
use fscc_ir::{Module, Row};
use fscc_sema::symbols::{ClassId, ClassKind, EntryKind, MethodId, Owner, StorageKind, Symbols};
use fscc_sema::typed::{Expr, ExprKind, Message, Program};
use fscc_sema::types::{Subst, TyId};
use fscc_sema::wire::{
    canonical_signature, described_type, entries, leaves, method_id, type_hash, underlying,
};
use fscc_sema::{export_name, export_path, visit};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value, json};

/// The version of the form.
const VERSION: u32 = 1;

/// Names of the effects, in the order of the bits.
const EFFECTS: &[(Row, &str)] = &[
    (Row::READ, "Read"),
    (Row::WRITE, "Write"),
    (Row::EMIT, "Emit"),
    (Row::SEND, "Send"),
    (Row::SCHEDULE, "Schedule"),
    (Row::CONCLUDE, "Conclude"),
];

/// The ABI of a contract whose module has been made.
pub fn contract_abi(prepared: &Prepared<'_>, class: ClassId, module: &Module) -> String {
    let mut writer =
        Writer { program: prepared.program, types: IndexMap::new(), pending: Vec::new() };
    let abi = writer.contract(class, module);
    let mut text = serde_json::to_string_pretty(&abi).unwrap_or_default();
    text.push('\n');
    text
}

/// The interface of a library: what it exports, with the declared types.
pub fn library_abi(prepared: &Prepared<'_>, name: &str) -> String {
    let program = prepared.program;
    let mut writer = Writer { program, types: IndexMap::new(), pending: Vec::new() };
    let functions = program.exported.iter().map(|method| writer.function(*method)).collect();
    let functions = Value::Array(functions);
    let abi = json!({ "abi": VERSION, "library": name, "functions": functions });
    let mut text = serde_json::to_string_pretty(&abi).unwrap_or_default();
    text.push('\n');
    text
}

struct Writer<'p> {
    program: &'p Program,
    /// Declared types by name.
    types: IndexMap<String, Value>,
    pending: Vec<TyId>,
}

/// What the code of a contract records, by message.
#[derive(Default)]
struct Records {
    events: IndexSet<ClassId>,
    stories: IndexSet<ClassId>,
    problems: IndexSet<ClassId>,
}

impl<'p> Writer<'p> {
    fn symbols(&self) -> &'p Symbols {
        &self.program.symbols
    }

    fn contract(&mut self, class: ClassId, module: &Module) -> Value {
        let symbols = self.symbols();
        let info = &symbols.classes[class];
        let constructor = match info.constructor {
            Some(constructor) => self.params(constructor),
            None => json!([]),
        };
        let methods: Vec<Value> = entries(symbols, class)
            .into_iter()
            .map(|(method, kind)| self.method(method, kind, module))
            .collect();
        let storage: Vec<Value> = (info.fields.iter())
            .filter_map(|field| {
                let field = &symbols.fields[*field];
                let kind = match field.storage? {
                    StorageKind::Value => "value",
                    StorageKind::Map => "map",
                    StorageKind::Set => "set",
                };
                let ty = self.ty(field.ty);
                Some(json!({ "name": field.name.as_str(), "kind": kind, "type": ty }))
            })
            .collect();
        let records = self.records(class);
        let events = self.record_list(&records.events);
        let stories = self.record_list(&records.stories);
        let problems = self.record_list(&records.problems);
        while let Some(ty) = self.pending.pop() {
            self.declare(ty);
        }
        self.types.sort_keys();
        let types: Map<String, Value> = std::mem::take(&mut self.types).into_iter().collect();
        json!({
            "abi": VERSION,
            "contract": info.full_name,
            "constructor": constructor,
            "methods": methods,
            "storage": storage,
            "events": events,
            "stories": stories,
            "problems": problems,
            "types": types,
        })
    }

    fn method(&mut self, method: MethodId, kind: EntryKind, module: &Module) -> Value {
        let symbols = self.symbols();
        let info = &symbols.methods[method];
        let id = method_id(symbols, &self.program.types, method);
        let kind = match kind {
            EntryKind::Entry => "entry",
            EntryKind::Payable => "payable",
            EntryKind::View => "view",
            EntryKind::Handler => "handler",
        };
        let row = module.exports.iter().find(|export| export.method_id == id);
        let row = row.map_or(Row::PURE, |export| export.row);
        let effects: Vec<&str> = (EFFECTS.iter())
            .filter(|(effect, _)| effect.is_within(row))
            .map(|(_, name)| *name)
            .collect();
        json!({
            "name": info.name.as_str(),
            "kind": kind,
            "id": format!("0x{id:08x}"),
            "signature": canonical_signature(symbols, &self.program.types, method),
            "params": self.params(method),
            "result": self.ty(info.result),
            "effects": effects,
        })
    }

    /// A function of a library.
    fn function(&mut self, method: MethodId) -> Value {
        let info = &self.symbols().methods[method];
        let (package, objects) = export_path(self.program, method);
        let mut params = self.params(method).as_array().cloned().unwrap_or_default().into_iter();
        let lists = info.lists.iter().map(|list| params.by_ref().take(list.len as usize).collect());
        json!({
            "export": export_name(self.program, method),
            "package": package,
            "objects": objects,
            "name": info.name.as_str(),
            "lists": lists.collect::<Vec<Value>>(),
            "result": self.ty(info.result),
        })
    }

    fn params(&mut self, method: MethodId) -> Value {
        let symbols = self.symbols();
        let params = symbols.methods[method].params.iter().map(|local| {
            let local = &symbols.locals[*local];
            json!({ "name": local.name.as_str(), "type": self.ty(local.ty) })
        });
        Value::Array(params.collect())
    }

    /// The name of a type; its declaration will be in the list of types.
    fn ty(&mut self, ty: TyId) -> String {
        self.pending.push(ty);
        described_type(self.symbols(), &self.program.types, ty)
    }

    /// Describes the classes of a type that the program declares, or the library as data.
    fn declare(&mut self, ty: TyId) {
        let symbols = self.symbols();
        let types = &self.program.types;
        let plain = underlying(symbols, types, types.widen(ty));
        let Some((class, args)) = types.as_class(plain) else { return };
        self.pending.extend(args);
        let info = &symbols.classes[class];
        let name = described_type(symbols, types, plain);
        if self.types.contains_key(&name) || (info.is_library && !info.is_case) {
            return;
        }
        let described = if info.is_enum || !info.children.is_empty() {
            let cases = leaves(symbols, types, class, args);
            let cases: Vec<Value> = cases
                .into_iter()
                .map(|(case, ty)| {
                    let name = symbols.classes[case].name.as_str();
                    json!({ "name": name, "fields": self.fields(case, ty) })
                })
                .collect();
            json!({ "kind": "sum", "cases": cases })
        } else if info.is_case {
            json!({ "kind": "product", "fields": self.fields(class, ty) })
        } else {
            return;
        };
        self.types.insert(name, described);
    }

    fn fields(&mut self, class: ClassId, ty: TyId) -> Value {
        let symbols = self.symbols();
        let types = &self.program.types;
        let info = &symbols.classes[class];
        if info.kind == ClassKind::Object {
            return json!([]);
        }
        let plain = underlying(symbols, types, ty);
        let args = types.as_class(plain).map_or(&[][..], |(_, args)| args);
        let subst = Subst::zip(&info.type_params, args);
        let fields = info.case_fields.iter().map(|field| {
            let field = &symbols.fields[*field];
            let ty = types.subst(field.ty, &subst);
            json!({ "name": field.name.as_str(), "type": self.ty(ty) })
        });
        Value::Array(fields.collect())
    }

    fn record_list(&mut self, classes: &IndexSet<ClassId>) -> Value {
        let symbols = self.symbols();
        let records = classes.iter().map(|class| {
            let hash = type_hash(symbols, *class);
            json!({
                "type": self.ty(symbols.classes[*class].this_ty),
                "hash": format!("0x{:016x}", hash.cast_unsigned()),
            })
        });
        Value::Array(records.collect())
    }

    /// The record types that code of the contract emits, concludes with or aborts with.
    fn records(&self, class: ClassId) -> Records {
        let mut records = Records::default();
        for (method, body) in self.program.bodies.iter() {
            if self.is_inside(*method, class) {
                visit::body(body, &mut |expr| self.collect(expr, &mut records));
            }
        }
        records
    }

    fn collect(&self, expr: &Expr, records: &mut Records) {
        if let ExprKind::Message(message) = &expr.kind {
            match &**message {
                Message::Emit(value) => self.record(value, &mut records.events),
                Message::Story(value) | Message::Conclude(value) => {
                    self.record(value, &mut records.stories);
                }
                Message::Abort(value) => self.record(value, &mut records.problems),
                _ => {}
            }
        }
        visit::children(expr, &mut |child| self.collect(child, records));
    }

    fn record(&self, value: &Expr, into: &mut IndexSet<ClassId>) {
        let symbols = self.symbols();
        let class = self.program.types.erase(symbols, value.ty);
        let is_data = |class: &ClassId| {
            let info = &symbols.classes[*class];
            info.is_case || info.is_enum || info.is_sealed
        };
        let line = &symbols.classes[class].linearization;
        into.extend(line.iter().copied().rfind(is_data));
    }

    fn is_inside(&self, method: MethodId, class: ClassId) -> bool {
        let symbols = self.symbols();
        let mut owner = symbols.methods[method].owner;
        loop {
            match owner {
                Owner::Package => return false,
                Owner::Class(at) if at == class => return true,
                Owner::Class(at) => owner = symbols.classes[at].owner,
                Owner::Method(method) => owner = symbols.methods[method].owner,
            }
        }
    }
}
