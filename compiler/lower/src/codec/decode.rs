//! The bodies of derived decoders.

use super::{CodecKey, Shape};
use crate::body::Body;
use crate::context::Helper;
use crate::repr::{Prim, Repr, Val};
use fscc_ir::{Op, Value};
use fscc_sema::symbols::ClassId;
use fscc_sema::types::TyId;
use fscc_sema::wire::type_hash;

impl Body<'_, '_> {
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

    pub(super) fn decode_shape(&mut self, ty: TyId, reader: Val, result: Repr) -> Val {
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
}
