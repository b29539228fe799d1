//! Storage of a contract: its fields, and the entries of stored maps and sets.
//!
//! Numbers and Booleans are keys and values as they are: the field says in which form, and the
//! machine knows the bytes. All else goes through codecs. What is stored is the same either way.
//!
//! Guarantees: every access to storage is an operation that names the field; a stored value that is
//! no encoding of its type traps where it is read.

use crate::body::Body;
use crate::context::Lowering;
use crate::repr::{Prim, Repr, Val};
use fscc_ir::module::{StorageField, StorageForm, StorageKind as IrStorageKind};
use fscc_ir::{Op, StorageId, Value, builtin};
use fscc_sema::symbols::{FieldId, StorageKind};
use fscc_sema::typed::{Expr, ExprKind, StorageOp};
use fscc_sema::types::TyId;
use fscc_sema::wire::canonical_type;

const BYTES: Repr = Repr::Ref(builtin::BYTES);

impl Lowering<'_> {
    /// Declares a field of a contract, if it is one of storage.
    pub fn declare_storage(&mut self, field: FieldId) {
        let info = &self.symbols().fields[field];
        let (ty, name) = (info.ty, info.name.as_str().to_owned());
        let kind = match info.storage {
            None => return,
            Some(StorageKind::Value) => IrStorageKind::Scalar,
            Some(StorageKind::Map) => IrStorageKind::Map,
            Some(StorageKind::Set) => IrStorageKind::Set,
        };
        let (mut key, mut value) = (StorageForm::Bytes, StorageForm::Bytes);
        match (kind, self.program.types.as_class(ty).map(|(_, args)| args)) {
            (IrStorageKind::Scalar, _) => value = self.storage_form(ty),
            (_, Some([of, rest @ ..])) => {
                key = self.storage_form(*of);
                value = rest.first().map_or(value, |of| self.storage_form(*of));
            }
            _ => {}
        }
        let ty = canonical_type(self.symbols(), &self.program.types, ty);
        let id = self.module.storage.push(StorageField { name, kind, key, value, ty });
        self.storage.insert(field, id);
    }

    /// In which form values of a type are stored. The bytes of a form other than bytes are what the
    /// library's codec makes.
    fn storage_form(&mut self, ty: TyId) -> StorageForm {
        match self.repr(ty) {
            Repr::Prim(prim) => match prim {
                Prim::Boolean => StorageForm::Boolean,
                Prim::Byte => StorageForm::Byte,
                Prim::Short => StorageForm::Short,
                Prim::Char => StorageForm::Char,
                Prim::Int => StorageForm::Int,
                Prim::Long => StorageForm::Long,
                Prim::UInt128 | Prim::Amount => StorageForm::UInt128,
                Prim::Int128 => StorageForm::Int128,
                Prim::Float | Prim::Double => StorageForm::Bytes,
            },
            _ => StorageForm::Bytes,
        }
    }
}

/// A storage field in use.
#[derive(Clone, Copy)]
struct Stored {
    id: StorageId,
    key: StorageForm,
    value: StorageForm,
}

impl<'p> Body<'_, 'p> {
    fn stored(&self, field: FieldId) -> Stored {
        // Only a contract's own code names its fields, so the field has been declared.
        let id = self.l.storage.get(&field).copied().unwrap_or(StorageId::from_u32(0));
        match self.l.module.storage.get(id) {
            Some(field) => Stored { id, key: field.key, value: field.value },
            None => Stored { id, key: StorageForm::Bytes, value: StorageForm::Bytes },
        }
    }

    fn storage(&mut self, op: Op, field: Stored, args: &[Value]) -> Option<Value> {
        self.b.storage(op, field.id, field.value, args)
    }

    /// A key or value in the form in which it is stored.
    fn stored_form(&mut self, ty: TyId, form: StorageForm, val: Val) -> Value {
        match form {
            StorageForm::Bytes => {
                let bytes = self.to_bytes(ty, val);
                self.slot_value(bytes, BYTES)
            }
            _ => {
                let repr = self.l.repr(ty);
                self.slot_value(val, repr)
            }
        }
    }

    /// What was read in the form in which it is stored.
    fn loaded_form(&mut self, ty: TyId, form: StorageForm, value: Value) -> Val {
        match form {
            StorageForm::Bytes => self.from_bytes(ty, Val::new(BYTES, value)),
            _ => Val::new(self.l.repr(ty), value),
        }
    }

    /// Reads a stored value.
    pub fn read_storage(&mut self, field: FieldId) -> Val {
        let ty = self.l.symbols().fields[field].ty;
        let stored = self.stored(field);
        match self.storage(Op::StorageGet, stored, &[]) {
            Some(value) => self.loaded_form(ty, stored.value, value),
            None => Val::NEVER,
        }
    }

    /// Sets a stored value.
    pub fn write_storage(&mut self, field: FieldId, val: Val) {
        let ty = self.l.symbols().fields[field].ty;
        let stored = self.stored(field);
        let value = self.stored_form(ty, stored.value, val);
        self.storage(Op::StorageSet, stored, &[value]);
    }

    /// Assigns to a stored value. Maps and sets are changed entry by entry: the only assignment of
    /// a whole one is the empty one at the start, which needs nothing.
    pub fn assign_storage(&mut self, field: FieldId, value: &'p Expr) {
        if self.l.symbols().fields[field].storage != Some(StorageKind::Value) {
            return self.discard(value);
        }
        let repr = self.l.repr(self.l.symbols().fields[field].ty);
        let val = self.expr_to(value, repr);
        self.write_storage(field, val);
    }

    fn argument_types(&self, field: FieldId) -> Vec<TyId> {
        let ty = self.l.symbols().fields[field].ty;
        match self.l.program.types.as_class(ty) {
            Some((_, args)) => args.to_vec(),
            None => Vec::new(),
        }
    }

    /// An operation on a stored map or set.
    pub fn storage_op(
        &mut self,
        op: StorageOp,
        field: FieldId,
        args: &'p [Expr],
        _ty: TyId,
    ) -> Val {
        let types = self.argument_types(field);
        let (Some(key_ty), value_ty) = (types.first().copied(), types.get(1).copied()) else {
            return Val::NEVER;
        };
        let field = self.stored(field);
        match op {
            StorageOp::Clear => return Val::UNIT,
            StorageOp::Size => {
                let size = self.stored_size(field);
                return Val::new(Repr::INT, self.b.op_value(Op::I64ToI32, &[size]));
            }
            StorageOp::IsEmpty => {
                let size = self.stored_size(field);
                let zero = self.b.const_i64(0);
                return Val::new(Repr::BOOLEAN, self.b.op_value(Op::I64Eq, &[size, zero]));
            }
            _ => {}
        }
        let Some((first, rest)) = args.split_first() else { return Val::NEVER };
        let key_repr = self.l.repr(key_ty);
        let key_val = self.expr_to(first, key_repr);
        let key = self.stored_form(key_ty, field.key, key_val);
        match (op, value_ty, rest.first()) {
            (StorageOp::Contains, ..) => {
                let found = self.storage(Op::StorageMapContains, field, &[key]);
                Val { repr: Repr::BOOLEAN, value: found }
            }
            (StorageOp::Remove, ..) => {
                self.storage(Op::StorageMapRemove, field, &[key]);
                Val::UNIT
            }
            (StorageOp::Include, ..) => {
                let nothing = self.b.const_bytes(&[]);
                self.storage(Op::StorageMapSet, field, &[key, nothing]);
                Val::UNIT
            }
            (StorageOp::Put, Some(ty), Some(value)) => {
                let repr = self.l.repr(ty);
                let val = self.expr_to(value, repr);
                let value = self.stored_form(ty, field.value, val);
                self.storage(Op::StorageMapSet, field, &[key, value]);
                Val::UNIT
            }
            (StorageOp::Get, Some(ty), _) => self.stored_option(field, key, ty),
            (StorageOp::Apply | StorageOp::GetOrElse, Some(ty), default) => {
                let repr = self.l.repr(ty);
                let (end, result) = self.join(repr);
                let missing = self.find(field, key, ty, |body, val| {
                    body.jump_with(end, val, repr);
                });
                self.b.switch_to(missing);
                match default {
                    Some(default) => {
                        let val = self.by_name(default, repr);
                        self.jump_with(end, val, repr);
                    }
                    None => self.key_not_found(key_val),
                }
                self.b.seal(end);
                self.b.switch_to(end);
                result
            }
            _ => Val::NEVER,
        }
    }

    fn stored_size(&mut self, field: Stored) -> Value {
        let size = self.storage(Op::StorageMapSize, field, &[]);
        size.unwrap_or_else(|| self.b.const_i64(0))
    }

    /// Looks for an entry; `present` goes on with its value and leaves the block that it is in. Gives
    /// the block for the case that there is none.
    fn find(
        &mut self,
        field: Stored,
        key: Value,
        ty: TyId,
        present: impl FnOnce(&mut Self, Val),
    ) -> fscc_ir::Block {
        let (is_present, value) = match field.value {
            StorageForm::Bytes => {
                let bytes = self.storage(Op::StorageMapGet, field, &[key]);
                let bytes = bytes.unwrap_or_else(|| self.b.const_bytes(&[]));
                (None, bytes)
            }
            _ => {
                // Next to each other: the two questions become one instruction.
                let is_present = self.storage(Op::StorageMapContains, field, &[key]);
                let value = self.storage(Op::StorageMapGet, field, &[key]);
                (is_present, value.unwrap_or(key))
            }
        };
        let (missing, found) = (self.b.create_block(), self.b.create_block());
        match is_present {
            Some(is_present) => self.b.branch(is_present, found, missing),
            None => {
                let is_null = self.b.op_value(Op::IsNull, &[value]);
                self.b.branch(is_null, missing, found);
            }
        }
        self.b.switch_to(found);
        let val = self.loaded_form(ty, field.value, value);
        present(self, val);
        missing
    }

    fn stored_option(&mut self, field: Stored, key: Value, ty: TyId) -> Val {
        let (end, result) = self.join(Repr::Any);
        let missing = self.find(field, key, ty, |body, val| {
            let val = Val::new(Repr::Any, body.boxed(val));
            let some = body.construct_library("scala.Some", &[val]);
            body.jump_with(end, some, Repr::Any);
        });
        self.b.switch_to(missing);
        match self.l.program.known.class("scala.None$") {
            Some(none) => {
                let none = self.any_object(none);
                self.jump_with(end, none, Repr::Any);
            }
            None => self.unreachable(),
        }
        self.b.seal(end);
        self.b.switch_to(end);
        result
    }

    /// Evaluates a by-name argument here and now.
    fn by_name(&mut self, function: &'p Expr, repr: Repr) -> Val {
        if let ExprKind::Lambda { params, body, .. } = &function.kind
            && params.is_empty()
        {
            return self.expr_to(body, repr);
        }
        let Some(class) = self.l.program.known.function(0) else { return Val::NEVER };
        let val = self.expr(function);
        self.call_member(class, "apply", val, &[])
    }

    fn key_not_found(&mut self, key: Val) {
        let text = self.text(key);
        let start = self.b.const_string("key not found: ");
        let text = self.slot_value(text, Repr::STRING);
        let message = self.b.op_value(Op::StringConcat, &[start, text]);
        self.throw_new("java.util.NoSuchElementException", Val::new(Repr::STRING, message));
    }
}
