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

mod decode;
mod encode;
mod library;

use crate::body::Body;
use crate::classes::{ClassKey, SelectorKey};
use crate::context::{FuncKey, GlobalKey, Helper, Lowering, Sig};
use crate::repr::{Repr, Val};
use fscc_base::{FastSet, Span};
use fscc_ir::{Class, ClassId as IrClass, Func, Op, Type, builtin};
use fscc_sema::symbols::{ClassId, ClassKind};
use fscc_sema::types::{Subst, TyId};
use fscc_sema::wire;

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
    keys: FastSet<CodecKey>,
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

/// The library's codecs whose values all take the same number of bytes.
const FIXED: &[(&str, i32)] = &[
    ("fvm.internal.UnitCodec$", 0),
    ("fvm.internal.BooleanCodec$", 1),
    ("fvm.internal.ByteCodec$", 1),
    ("fvm.internal.ShortCodec$", 2),
    ("fvm.internal.CharCodec$", 2),
    ("fvm.internal.IntCodec$", 4),
    ("fvm.internal.LongCodec$", 8),
    ("fvm.internal.UInt128Codec$", 16),
    ("fvm.internal.Int128Codec$", 16),
    ("fvm.internal.AmountCodec$", 16),
    ("fvm.internal.AddressCodec$", 20),
    ("fvm.internal.HashCodec$", 32),
    ("fvm.internal.UInt256Codec$", 32),
];

/// The trap for bytes that are no encoding.
const MALFORMED: u16 = 12;

impl<'p> Lowering<'p> {
    fn codec_number(&mut self, key: CodecKey) -> u32 {
        u32::try_from(self.codecs.keys.insert_full(key).0).unwrap_or(u32::MAX)
    }

    fn codec_key(&self, codec: u32) -> Option<CodecKey> {
        self.codecs.keys.get_index(codec as usize).copied()
    }

    /// The class type behind a type.
    fn plain(&self, ty: TyId) -> TyId {
        wire::underlying(self.symbols(), &self.program.types, ty)
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

    /// The name of the library's object that encodes values of a type.
    fn codec_name_of(&self, ty: TyId) -> Option<&str> {
        match self.shape(ty) {
            Shape::Unit => Some("fvm.internal.UnitCodec$"),
            Shape::Object(object) => Some(self.symbols().classes[object].full_name.as_str()),
            _ => None,
        }
    }

    /// How many bytes a value of a type takes, if that is known and the same for all.
    pub fn fixed_bytes(&self, ty: TyId) -> Option<i32> {
        let name = self.codec_name_of(self.plain(ty))?;
        FIXED.iter().find(|(codec, _)| *codec == name).map(|(_, bytes)| *bytes)
    }

    fn is_record_base(&self, class: ClassId) -> bool {
        let name = self.symbols().classes[class].full_name.as_str();
        RECORDS.iter().any(|(base, _)| *base == name)
    }

    /// The concrete cases of a sealed hierarchy, in source order, with their types.
    pub fn leaves(&self, class: ClassId, args: &[TyId]) -> Vec<(ClassId, TyId)> {
        wire::leaves(self.symbols(), &self.program.types, class, args)
    }

    /// The closed record types below a base.
    pub fn record_roots(&self, base: ClassId) -> Vec<ClassId> {
        wire::record_roots(self.symbols(), base)
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

    /// The codec object of a type whose values are nothing but their bytes.
    fn raw_codec(&self, ty: TyId) -> Option<String> {
        let Shape::Object(codec) = self.shape(self.plain(ty)) else { return None };
        let symbols = self.symbols();
        let name = &symbols.classes[codec].full_name;
        let is_raw = self.program.known.method(symbols, name, "raw").is_some();
        is_raw.then(|| name.clone())
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
        let bytes = Val::new(Repr::Ref(builtin::BYTES), bytes);
        if let Some(codec) = body.l.raw_codec(ty) {
            let val = body.call_library(&codec, "ofRaw", &[bytes]);
            let val = body.coerce(val, result);
            return body.finish(val, result);
        }
        let reader = body.reader(bytes);
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
        // A number alone needs no writer.
        let self_contained = match self.codec_name_of(ty) {
            Some("fvm.internal.LongCodec$") => Some(Op::BytesFromI64),
            Some("fvm.internal.UInt128Codec$" | "fvm.internal.AmountCodec$") => {
                Some(Op::BytesFromU128)
            }
            _ => None,
        };
        let mut body = Body::new(self, &name, &sig, Span::synthetic());
        let params = body.bind_captures(&sig, None);
        if let Some(op) = self_contained
            && let Some(value) = params[0].value
        {
            let bytes = Val::new(result, body.b.op_value(op, &[value]));
            return body.finish(bytes, result);
        }
        if let Some(codec) = body.l.raw_codec(ty) {
            let bytes = body.call_library(&codec, "raw", &[params[0]]);
            return body.finish(bytes, result);
        }
        let writer = body.writer();
        body.encode(ty, params[0], writer);
        let bytes = body.written(writer);
        body.finish(bytes, result)
    }
}
