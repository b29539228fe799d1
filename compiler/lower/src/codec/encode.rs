//! The bodies of derived encoders.

use super::{CodecKey, MALFORMED, RECORDS, Shape};
use crate::body::Body;
use crate::classes::Slot;
use crate::context::{FuncKey, Helper};
use crate::repr::{Prim, Repr, Val};
use fscc_ir::Type;
use fscc_sema::symbols::{ClassId, MethodId};
use fscc_sema::types::TyId;
use fscc_sema::wire::type_hash;

impl Body<'_, '_> {
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

    pub(super) fn encode_shape(&mut self, ty: TyId, val: Val, writer: Val) {
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
    pub(super) fn encode_record(&mut self, root: ClassId, val: Val, writer: Val) {
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

    pub(super) fn unknown_record(&self, base: ClassId) -> &'static str {
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

    /// Encodes values of these types one after the other.
    pub fn encode_all(&mut self, method: MethodId, values: &[Val], writer: Val) {
        let symbols = self.l.symbols();
        for (local, val) in symbols.methods[method].params.iter().zip(values) {
            self.encode(symbols.locals[*local].ty, *val, writer);
        }
    }
}
