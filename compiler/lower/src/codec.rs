//! Codecs: how values of a type become bytes and come back. Simple types have codec objects in the
//! library, containers have codec classes there; case classes, enums and sealed hierarchies get
//! functions that are derived here, and a class that makes them usable where a codec object is
//! asked for.
//!
//! The form of a case class is its fields in order; of a sealed hierarchy the number of the case in
//! one byte, then that case; of an object nothing. An *open record* (a value whose type is only
//! known to be an `Event`, `Problem` or `Story`) is the hash of its type's name, the number of the
//! case, the encoded fields with their length, and its text, so that a reader that does not know
//! the type can still show it.
//!
//! Guarantees: decoding takes exactly what encoding gives; anything else traps.

use crate::body::Body;
use crate::classes::{ClassKey, SelectorKey, Slot};
use crate::context::{FuncKey, GlobalKey, Helper, Lowering, Sig};
use crate::repr::{Prim, Repr, Val};
use fscc_base::Span;
use fscc_ir::{Class, ClassId as IrClass, Func, Op, Type, Value, builtin};
use fscc_sema::symbols::{ClassId, ClassKind, MethodId, MethodKind, Symbols};
use fscc_sema::typed::Program;
use fscc_sema::types::{Subst, Ty, TyId};
use indexmap::IndexSet;

/// What a derived codec is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CodecKey {
    /// Values of a type.
    Type(TyId),
    /// Values of a record type, as open records.
    Record(ClassId),
}

/// Derived codecs of a module, by number.
#[derive(Debug, Default)]
pub struct Codecs {
    keys: IndexSet<CodecKey>,
}

/// How values of a type are encoded.
#[derive(Clone, Debug)]
enum Shape {
    /// `()`.
    Unit,
    /// By an object of the library.
    Object(ClassId),
    /// By an instance of a class of the library, made from the codecs of the arguments.
    Class(ClassId, Vec<TyId>),
    /// A single value.
    Singleton(ClassId),
    /// Fields in order.
    Product(ClassId, Vec<TyId>),
    /// The number of the case, then the case.
    Sum(Vec<(ClassId, TyId)>),
    /// An open record of this base.
    Open(ClassId),
    /// No form; the checker has refused the program.
    None,
}

/// The traits of open records and the library class for a record of unknown type.
const RECORDS: &[(&str, &str)] = &[
    ("fvm.Event", "fvm.internal.UnknownEvent"),
    ("fvm.Problem", "fvm.internal.UnknownProblem"),
    ("fvm.Story", "fvm.internal.UnknownStory"),
];

/// The trap for bytes that are no encoding.
const MALFORMED: u16 = 12;

/// The first eight bytes of the hash of a type's full name.
pub fn type_hash(symbols: &Symbols, class: ClassId) -> i64 {
    let name = symbols.classes[class].full_name.trim_end_matches('$');
    let hash = blake3::hash(name.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_be_bytes(first)
}

/// The concrete cases of a sealed hierarchy, in source order, with their types.
pub fn leaves(program: &Program, class: ClassId, args: &[TyId]) -> Vec<(ClassId, TyId)> {
    let symbols = &program.symbols;
    let mut leaves = Vec::new();
    let mut pending = vec![class];
    while let Some(class) = pending.pop() {
        let info = &symbols.classes[class];
        if !info.children.is_empty() {
            pending.extend(info.children.iter().rev());
        } else if !info.is_abstract && info.kind != ClassKind::Trait {
            let subst = Subst::zip(&info.type_params, args);
            leaves.push((class, program.types.subst(info.this_ty, &subst)));
        }
    }
    leaves
}

impl<'p> Lowering<'p> {
    fn codec_number(&mut self, key: CodecKey) -> u32 {
        u32::try_from(self.codecs.keys.insert_full(key).0).unwrap_or(u32::MAX)
    }

    fn codec_key(&self, codec: u32) -> Option<CodecKey> {
        self.codecs.keys.get_index(codec as usize).copied()
    }

    /// The class type behind a type.
    fn plain(&self, ty: TyId) -> TyId {
        let types = &self.program.types;
        match types.get(ty) {
            Ty::Literal(of, _) => of,
            Ty::Local(local) => self.plain(self.symbols().locals[local].ty),
            Ty::Param(param) => match self.symbols().type_params[param].opaque {
                Some(rhs) => self.plain(rhs),
                None => ty,
            },
            Ty::This(class) => self.symbols().classes[class].this_ty,
            _ => ty,
        }
    }

    fn shape(&self, ty: TyId) -> Shape {
        let symbols = self.symbols();
        let types = &self.program.types;
        let Some((class, args)) = types.as_class(self.plain(ty)) else { return Shape::None };
        let info = &symbols.classes[class];
        if ty == types.roots().unit {
            return Shape::Unit;
        }
        if info.is_library {
            let name = format!("fvm.internal.{}Codec", info.name);
            if let Some(object) = self.program.known.class(&format!("{name}$"))
                && args.is_empty()
            {
                return Shape::Object(object);
            }
            if let Some(codec) = self.program.known.class(&name) {
                return Shape::Class(codec, args.to_vec());
            }
        }
        if self.is_record_base(class) {
            return Shape::Open(class);
        }
        let is_value = info.kind == ClassKind::Object
            || (info.is_case && info.case_fields.is_empty() && info.companion.is_none());
        if is_value {
            return Shape::Singleton(class);
        }
        if info.is_case && info.children.is_empty() {
            let subst = Subst::zip(&info.type_params, args);
            let field = |field: &_| types.subst(symbols.fields[*field].ty, &subst);
            return Shape::Product(class, info.case_fields.iter().map(field).collect());
        }
        match self.leaves(class, args) {
            leaves if leaves.is_empty() => Shape::None,
            leaves => Shape::Sum(leaves),
        }
    }

    fn is_record_base(&self, class: ClassId) -> bool {
        let name = self.symbols().classes[class].full_name.as_str();
        RECORDS.iter().any(|(base, _)| *base == name)
    }

    /// The concrete cases of a sealed hierarchy, in source order, with their types.
    pub fn leaves(&self, class: ClassId, args: &[TyId]) -> Vec<(ClassId, TyId)> {
        leaves(self.program, class, args)
    }

    /// The closed record types below a base: enums, sealed hierarchies, case classes.
    pub fn record_roots(&self, base: ClassId) -> Vec<ClassId> {
        let symbols = self.symbols();
        let is_closed = |class: ClassId| {
            let info = &symbols.classes[class];
            let is_data = info.is_case || info.is_enum || !info.children.is_empty();
            class != base && is_data && info.linearization.contains(&base)
        };
        let is_root = |class: &ClassId| {
            let line = &symbols.classes[*class].linearization;
            is_closed(*class) && !line.iter().skip(1).any(|parent| is_closed(*parent))
        };
        symbols.classes.indices().filter(is_root).collect()
    }

    /// The record root to which a class belongs, if one can tell.
    fn record_root(&self, class: ClassId) -> Option<ClassId> {
        let line = &self.symbols().classes[class].linearization;
        let base = RECORDS.iter().find_map(|(base, _)| {
            self.program.known.class(base).filter(|base| line.contains(base))
        })?;
        let roots = self.record_roots(base);
        roots.into_iter().find(|root| line.contains(root))
    }

    // ── codec classes ──

    fn codec_base(&self) -> Option<ClassId> {
        self.program.known.class("fvm.internal.Codec")
    }

    /// Declares the class of a derived codec.
    pub fn declare_codec(&mut self, codec: u32) -> IrClass {
        let name = match self.codec_key(codec) {
            Some(CodecKey::Type(ty)) => self.program.types.show(self.symbols(), ty),
            Some(CodecKey::Record(class)) => self.symbols().classes[class].full_name.clone(),
            None => "?".to_owned(),
        };
        let superclass = match self.codec_base() {
            Some(base) => self.class(ClassKey::Source(base)),
            None => builtin::OBJECT,
        };
        let info = Class {
            name: format!("fvm.internal.Codec[{name}]"),
            superclass: Some(superclass),
            ..Class::default()
        };
        let id = self.module.classes.push(info);
        self.classes.insert(ClassKey::Codec(codec), id);
        id
    }

    /// What the class of a derived codec answers.
    pub fn find_codec_answer(&mut self, codec: u32, key: SelectorKey) -> Option<FuncKey> {
        let SelectorKey::Method(method) = key else { return None };
        let base = self.codec_base()?;
        let symbols = self.symbols();
        let info = &symbols.methods[method];
        match info.owner {
            fscc_sema::symbols::Owner::Class(owner) if owner == base => match info.name.as_str() {
                "encode" => Some(FuncKey::Helper(Helper::Encode(codec))),
                "decode" => Some(FuncKey::Helper(Helper::Decode(codec))),
                _ => self.implementation(base, method).map(FuncKey::Method),
            },
            _ => self.universal(method),
        }
    }

    fn library_repr(&mut self, name: &str) -> Repr {
        match self.program.known.class(name) {
            Some(class) => self.this_repr(class),
            None => Repr::Any,
        }
    }

    /// The signature of a derived encoder or decoder.
    pub fn codec_sig(&mut self, helper: Helper) -> Sig {
        let (codec, is_encoder) = match helper {
            Helper::Encode(codec) => (codec, true),
            Helper::Decode(codec) => (codec, false),
            _ => (u32::MAX, false),
        };
        let value = match self.codec_key(codec) {
            Some(CodecKey::Type(ty)) => self.repr(ty).or_any(),
            Some(CodecKey::Record(class)) => self.this_repr(class),
            None => Repr::Any,
        };
        let (params, result) = match is_encoder {
            true => (vec![value, self.library_repr("fvm.internal.Writer")], Repr::Unit),
            false => (vec![self.library_repr("fvm.internal.Reader")], value),
        };
        Sig { this: None, captures: Vec::new(), params, result }
    }

    /// The function that encodes values of a derived type.
    pub fn lower_encode(&mut self, codec: u32) -> Func {
        let sig = self.codec_sig(Helper::Encode(codec));
        let key = self.codec_key(codec);
        let name = format!("{}.encode", self.codec_name(key));
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        match key {
            Some(CodecKey::Type(ty)) => body.encode_shape(ty, params[0], params[1]),
            Some(CodecKey::Record(root)) => body.encode_record(root, params[0], params[1]),
            None => {}
        }
        body.finish(Val::UNIT, Repr::Unit)
    }

    /// The function that decodes values of a derived type.
    pub fn lower_decode(&mut self, codec: u32) -> Func {
        let sig = self.codec_sig(Helper::Decode(codec));
        let key = self.codec_key(codec);
        let name = format!("{}.decode", self.codec_name(key));
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        let result = match key {
            Some(CodecKey::Type(ty)) => body.decode_shape(ty, params[0], sig.result),
            _ => Val::NEVER,
        };
        body.finish(result, sig.result)
    }

    fn codec_name(&self, key: Option<CodecKey>) -> String {
        match key {
            Some(CodecKey::Type(ty)) => self.program.types.show(self.symbols(), ty),
            Some(CodecKey::Record(class)) => {
                format!("{}.record", self.symbols().classes[class].full_name)
            }
            None => "codec".to_owned(),
        }
    }

    /// The function that gives the codec object of a type, made at first use.
    pub fn lower_codec_object(&mut self, ty: TyId) -> Func {
        let result = self.library_repr("fvm.internal.Codec");
        let sig = Sig { this: None, captures: Vec::new(), params: Vec::new(), result };
        let name = format!("codec[{}]", self.program.types.show(self.symbols(), ty));
        let ir = result.ty().unwrap_or(Type::Any);
        let global = self.global(GlobalKey::Codec(ty), &name, ir);
        let shape = self.shape(ty);
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let known = body.b.global_get(global, ir);
        let (missing, present) = (body.b.create_block(), body.b.create_block());
        let is_null = body.b.op_value(Op::IsNull, &[known]);
        body.b.branch(is_null, missing, present);
        body.b.switch_to(present);
        body.b.ret(Some(known));
        body.b.switch_to(missing);
        let made = match shape {
            Shape::Object(object) => body.any_object(object),
            Shape::Class(class, args) => {
                let args: Vec<Val> = args.iter().map(|arg| body.codec_object(*arg)).collect();
                body.construct_first(class, &args)
            }
            _ => {
                let codec = body.l.codec_number(CodecKey::Type(ty));
                let class = body.l.instantiate(ClassKey::Codec(codec));
                Val::new(Repr::Ref(class), body.b.new_object(class))
            }
        };
        let made = body.coerce(made, result);
        if let Some(value) = made.value {
            body.b.global_set(global, value);
        }
        body.finish(made, result)
    }

    /// A function from bytes to a value of a type; null gives zero.
    pub fn lower_from_bytes(&mut self, ty: TyId) -> Func {
        let result = self.repr(ty).or_any();
        let params = vec![Repr::Ref(builtin::BYTES)];
        let sig = Sig { this: None, captures: Vec::new(), params, result };
        let name = format!("decode[{}]", self.program.types.show(self.symbols(), ty));
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let bytes = body.b.param(0);
        let (missing, present) = (body.b.create_block(), body.b.create_block());
        let is_null = body.b.op_value(Op::IsNull, &[bytes]);
        body.b.branch(is_null, missing, present);
        body.b.switch_to(missing);
        let zero = body.zero(result);
        body.leave(zero, result);
        body.b.switch_to(present);
        let reader = body.reader(Val::new(Repr::Ref(builtin::BYTES), bytes));
        let val = body.decode(ty, reader);
        let val = body.coerce(val, result);
        body.library_member("fvm.internal.Reader", "finish", reader, &[]);
        body.finish(val, result)
    }

    /// A function from a value of a type to bytes.
    pub fn lower_to_bytes(&mut self, ty: TyId) -> Func {
        let params = vec![self.repr(ty).or_any()];
        let result = Repr::Ref(builtin::BYTES);
        let sig = Sig { this: None, captures: Vec::new(), params, result };
        let name = format!("encode[{}]", self.program.types.show(self.symbols(), ty));
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        let writer = body.writer();
        body.encode(ty, params[0], writer);
        let bytes = body.written(writer);
        body.finish(bytes, result)
    }
}

impl Body<'_, '_> {
    // ── library objects ──

    /// A new instance of a library class by its first constructor with this number of parameters.
    pub fn construct_first(&mut self, class: ClassId, params: &[Val]) -> Val {
        let symbols = self.l.symbols();
        let constructor = symbols.classes[class]
            .constructor
            .filter(|method| symbols.methods[*method].params.len() == params.len());
        let any = || {
            symbols.classes[class].methods.iter().copied().find(|method| {
                let info = &symbols.methods[*method];
                info.kind == MethodKind::Constructor && info.params.len() == params.len()
            })
        };
        match constructor.or_else(any) {
            Some(constructor) => self.make(class, constructor, None, params),
            None => {
                let name = format!("a constructor of {}", symbols.classes[class].full_name);
                self.l.missing.push(name);
                self.unreachable();
                Val::NEVER
            }
        }
    }

    /// A new instance of a library class by name.
    pub fn construct_library(&mut self, name: &str, params: &[Val]) -> Val {
        match self.l.program.known.class(name) {
            Some(class) => self.construct_first(class, params),
            None => {
                self.unreachable();
                Val::NEVER
            }
        }
    }

    /// Calls a member of an instance of a library class.
    pub fn library_member(&mut self, class: &str, name: &str, this: Val, args: &[Val]) -> Val {
        match self.l.program.known.class(class) {
            Some(class) => self.call_member(class, name, this, args),
            None => {
                self.unreachable();
                Val::NEVER
            }
        }
    }

    /// A new writer.
    pub fn writer(&mut self) -> Val {
        self.construct_library("fvm.internal.Writer", &[])
    }

    /// The bytes that a writer has.
    pub fn written(&mut self, writer: Val) -> Val {
        let bytes = self.library_member("fvm.internal.Writer", "result", writer, &[]);
        self.coerce(bytes, Repr::Ref(builtin::BYTES))
    }

    /// A new reader of bytes.
    pub fn reader(&mut self, bytes: Val) -> Val {
        self.construct_library("fvm.internal.Reader", &[bytes])
    }

    /// Writes with a member of the writer.
    pub fn put(&mut self, writer: Val, how: &str, val: Val) {
        self.library_member("fvm.internal.Writer", how, writer, &[val]);
    }

    fn take(&mut self, reader: Val, how: &str) -> Val {
        self.library_member("fvm.internal.Reader", how, reader, &[])
    }

    /// Bytes as a value of a type.
    pub fn from_bytes(&mut self, ty: TyId, bytes: Val) -> Val {
        let result = self.l.repr(ty).or_any();
        let bytes = self.slot_value(bytes, Repr::Ref(builtin::BYTES));
        let func = self.l.func(FuncKey::Helper(Helper::FromBytes(ty)));
        self.call_func(func, &[bytes], result)
    }

    /// A value as bytes.
    pub fn to_bytes(&mut self, ty: TyId, val: Val) -> Val {
        let repr = self.l.repr(ty).or_any();
        let val = self.coerce(val, repr);
        let func = self.l.func(FuncKey::Helper(Helper::ToBytes(ty)));
        self.call_func(func, val.value.as_slice(), Repr::Ref(builtin::BYTES))
    }

    /// The codec object of a type.
    fn codec_object(&mut self, ty: TyId) -> Val {
        let result = self.l.library_repr("fvm.internal.Codec");
        let ty = self.l.plain(ty);
        let func = self.l.func(FuncKey::Helper(Helper::Codec(ty)));
        self.call_func(func, &[], result)
    }

    // ── encoding ──

    /// Encodes a value of a type.
    pub fn encode(&mut self, ty: TyId, val: Val, writer: Val) {
        let ty = self.l.plain(ty);
        match self.l.shape(ty) {
            Shape::Unit | Shape::Singleton(_) => {}
            Shape::Object(object) => {
                let name = self.l.symbols().classes[object].full_name.clone();
                self.call_library(&name, "encode", &[val, writer]);
            }
            Shape::Class(..) => {
                let codec = self.codec_object(ty);
                let val = Val::new(Repr::Any, self.boxed(val));
                self.library_member("fvm.internal.Codec", "encode", codec, &[val, writer]);
            }
            _ => {
                let codec = self.l.codec_number(CodecKey::Type(ty));
                self.call_codec(Helper::Encode(codec), &[val, writer]);
            }
        }
    }

    /// Calls a derived encoder or decoder.
    pub fn call_codec(&mut self, helper: Helper, params: &[Val]) -> Val {
        let sig = self.l.codec_sig(helper);
        let mut values = Vec::new();
        for (val, repr) in params.iter().zip(&sig.params) {
            values.extend(self.coerce(*val, *repr).value);
        }
        let func = self.l.func(FuncKey::Helper(helper));
        self.call_func(func, &values, sig.result)
    }

    fn encode_shape(&mut self, ty: TyId, val: Val, writer: Val) {
        match self.l.shape(ty) {
            Shape::Product(class, fields) => self.encode_fields(class, &fields, val, writer),
            Shape::Sum(leaves) => {
                let put_number = |body: &mut Self, number: i32| {
                    let number = body.int(number);
                    body.put(writer, "putByte", number);
                };
                self.encode_cases(&leaves, val, writer, &put_number);
            }
            Shape::Open(base) => self.encode_open(base, val, writer),
            _ => self.malformed(),
        }
    }

    fn encode_fields(&mut self, class: ClassId, fields: &[TyId], val: Val, writer: Val) {
        let repr = self.l.this_repr(class);
        let object = self.slot_value(val, repr);
        let declared = self.l.symbols().classes[class].case_fields.clone();
        for (field, ty) in declared.into_iter().zip(fields) {
            let val = self.get_slot(object, class, class, Slot::Field(field));
            let repr = self.l.repr(*ty);
            let val = self.coerce(val, repr);
            self.encode(*ty, val, writer);
        }
    }

    /// Finds the case of a value, writes its number, then its form.
    fn encode_cases(
        &mut self,
        leaves: &[(ClassId, TyId)],
        val: Val,
        writer: Val,
        put_number: &dyn Fn(&mut Self, i32),
    ) {
        let boxed = self.boxed(val);
        let end = self.b.create_block();
        for (number, (class, ty)) in (0..).zip(leaves) {
            let Repr::Ref(ir) = self.l.this_repr(*class) else { continue };
            let (found, next) = (self.b.create_block(), self.b.create_block());
            let test = self.b.is(ir, boxed);
            self.b.branch(test, found, next);
            self.b.switch_to(found);
            put_number(self, number);
            self.encode(*ty, Val::new(Repr::Any, boxed), writer);
            self.b.jump(end, &[]);
            self.b.switch_to(next);
        }
        self.malformed();
        self.b.switch_to(end);
    }

    /// Encodes a value of a known record type as an open record.
    fn encode_record(&mut self, root: ClassId, val: Val, writer: Val) {
        let hash = type_hash(self.l.symbols(), root);
        let hash = Val::new(Repr::Prim(Prim::Long), self.b.const_i64(hash));
        self.put(writer, "putLong", hash);
        let fields = self.writer();
        let leaves = self.l.leaves(root, &[]);
        let put_number = |body: &mut Self, number: i32| {
            let number = body.int(number);
            body.put(writer, "putInt", number);
        };
        self.encode_cases(&leaves, val, fields, &put_number);
        let fields = self.written(fields);
        self.put(writer, "putBytes", fields);
        let text = self.text(val);
        self.put(writer, "putString", text);
    }

    /// Encodes a value of which only the base is known.
    fn encode_open(&mut self, base: ClassId, val: Val, writer: Val) {
        let boxed = self.boxed(val);
        let end = self.b.create_block();
        for root in self.l.record_roots(base) {
            let Repr::Ref(ir) = self.l.this_repr(root) else { continue };
            let (found, next) = (self.b.create_block(), self.b.create_block());
            let test = self.b.is(ir, boxed);
            self.b.branch(test, found, next);
            self.b.switch_to(found);
            let codec = self.l.codec_number(CodecKey::Record(root));
            self.call_codec(Helper::Encode(codec), &[Val::new(Repr::Any, boxed), writer]);
            self.b.jump(end, &[]);
            self.b.switch_to(next);
        }
        let name = self.unknown_record(base);
        let Some(unknown) = self.l.program.known.class(name) else {
            self.malformed();
            return self.b.switch_to(end);
        };
        let repr = self.l.this_repr(unknown);
        let record = self.coerce(Val::new(Repr::Any, boxed), repr);
        for (field, how) in [
            ("typeHash", "putLong"),
            ("number", "putInt"),
            ("fields", "putBytes"),
            ("text", "putString"),
        ] {
            let part = self.call_member(unknown, field, record, &[]);
            self.put(writer, how, part);
        }
        self.b.jump(end, &[]);
        self.b.switch_to(end);
    }

    fn unknown_record(&self, base: ClassId) -> &'static str {
        let name = self.l.symbols().classes[base].full_name.as_str();
        RECORDS.iter().find(|(known, _)| *known == name).map_or("", |(_, unknown)| *unknown)
    }

    /// A value whose static type is a record type, as the bytes of an open record.
    pub fn record_bytes(&mut self, ty: TyId, val: Val) -> Val {
        let writer = self.writer();
        let class = self.l.program.types.erase(self.l.symbols(), ty);
        match self.l.record_root(class) {
            Some(root) => {
                let codec = self.l.codec_number(CodecKey::Record(root));
                self.call_codec(Helper::Encode(codec), &[val, writer]);
            }
            None => {
                let base = RECORDS.iter().find_map(|(base, _)| {
                    let base = self.l.program.known.class(base)?;
                    let line = &self.l.symbols().classes[class].linearization;
                    line.contains(&base).then_some(base)
                });
                match base {
                    Some(base) => {
                        let ty = self.l.symbols().classes[base].this_ty;
                        self.encode(ty, val, writer);
                    }
                    None => self.malformed(),
                }
            }
        }
        self.written(writer)
    }

    /// Ends the message: the bytes are no encoding.
    pub fn malformed(&mut self) {
        let detail = self.b.const_null(Type::Any);
        self.b.trap(MALFORMED, detail);
    }

    // ── decoding ──

    /// Decodes a value of a type.
    pub fn decode(&mut self, ty: TyId, reader: Val) -> Val {
        let ty = self.l.plain(ty);
        match self.l.shape(ty) {
            Shape::Unit => Val::UNIT,
            Shape::Singleton(class) => self.any_object(class),
            Shape::Object(object) => {
                let name = self.l.symbols().classes[object].full_name.clone();
                self.call_library(&name, "decode", &[reader])
            }
            Shape::Class(..) => {
                let codec = self.codec_object(ty);
                self.library_member("fvm.internal.Codec", "decode", codec, &[reader])
            }
            _ => {
                let codec = self.l.codec_number(CodecKey::Type(ty));
                self.call_codec(Helper::Decode(codec), &[reader])
            }
        }
    }

    fn decode_shape(&mut self, ty: TyId, reader: Val, result: Repr) -> Val {
        match self.l.shape(ty) {
            Shape::Product(class, fields) => self.decode_fields(class, &fields, reader),
            Shape::Sum(leaves) => {
                let number = self.take(reader, "getByte");
                let number = self.slot_value(number, Repr::INT);
                self.decode_cases(&leaves, number, reader, result, None);
                Val::NEVER
            }
            Shape::Open(base) => self.decode_open(base, reader, result),
            _ => {
                self.malformed();
                Val::NEVER
            }
        }
    }

    fn decode_fields(&mut self, class: ClassId, fields: &[TyId], reader: Val) -> Val {
        let mut params = Vec::new();
        for ty in fields {
            let repr = self.l.repr(*ty);
            let val = self.decode(*ty, reader);
            params.push(self.coerce(val, repr));
        }
        match self.l.symbols().classes[class].constructor {
            Some(constructor) => self.make(class, constructor, None, &params),
            None => {
                self.malformed();
                Val::NEVER
            }
        }
    }

    /// Returns the case with this number; `finish` is a reader that must be at its end then.
    fn decode_cases(
        &mut self,
        leaves: &[(ClassId, TyId)],
        number: Value,
        reader: Val,
        result: Repr,
        finish: Option<Val>,
    ) {
        let mut cases = Vec::new();
        for (index, (_, ty)) in (0..).zip(leaves) {
            cases.push((index, self.b.create_block(), *ty));
        }
        let fail = self.b.create_block();
        let targets = cases.iter().map(|(index, block, _)| (*index, (*block).into())).collect();
        self.b.switch(number, targets, fail);
        for (_, block, ty) in cases {
            self.b.switch_to(block);
            let val = self.decode(ty, reader);
            let val = self.coerce(val, result);
            if let Some(reader) = finish {
                self.library_member("fvm.internal.Reader", "finish", reader, &[]);
            }
            self.leave(val, result);
        }
        self.b.switch_to(fail);
        self.malformed();
    }

    fn decode_open(&mut self, base: ClassId, reader: Val, result: Repr) -> Val {
        let hash = self.take(reader, "getLong");
        let hash = self.slot_value(hash, Repr::Prim(Prim::Long));
        let number = self.take(reader, "getInt");
        let number = self.slot_value(number, Repr::INT);
        let fields = self.take(reader, "getBytes");
        let text = self.take(reader, "getString");
        for root in self.l.record_roots(base) {
            let known = type_hash(self.l.symbols(), root);
            let (found, next) = (self.b.create_block(), self.b.create_block());
            let known = self.b.const_i64(known);
            let test = self.b.op_value(Op::I64Eq, &[hash, known]);
            self.b.branch(test, found, next);
            self.b.switch_to(found);
            let inner = self.reader(fields);
            let leaves = self.l.leaves(root, &[]);
            self.decode_cases(&leaves, number, inner, result, Some(inner));
            self.b.switch_to(next);
        }
        let hash = Val::new(Repr::Prim(Prim::Long), hash);
        let number = Val::new(Repr::INT, number);
        let name = self.unknown_record(base);
        self.construct_library(name, &[hash, number, fields, text])
    }

    /// Decodes an open record of a base from bytes.
    pub fn record_from_bytes(&mut self, base: &str, bytes: Val) -> Val {
        match self.l.program.known.class(base) {
            Some(class) => {
                let ty = self.l.symbols().classes[class].this_ty;
                self.from_bytes(ty, bytes)
            }
            None => {
                self.malformed();
                Val::NEVER
            }
        }
    }

    /// Encodes values of these types one after the other.
    pub fn encode_all(&mut self, method: MethodId, values: &[Val], writer: Val) {
        let symbols = self.l.symbols();
        for (local, val) in symbols.methods[method].params.iter().zip(values) {
            self.encode(symbols.locals[*local].ty, *val, writer);
        }
    }
}
