//! Contract storage: values of a field and entries of it, as bytes.

use super::heap::Val;
use super::{Evaluator, Step, TrapKind, trap};
use crate::fold::Const;
use crate::module::{StorageForm, StorageId};
use crate::ops::{Kind, Op};
use std::sync::Arc;

impl Evaluator<'_> {
    /// What storage holds. A field that holds its zero is as one that was never set.
    pub(super) fn shown_storage(&self) -> Vec<String> {
        let held = self
            .storage
            .iter()
            .filter(|((_, key), value)| key.is_some() || value.iter().any(|byte| *byte != 0));
        held.map(|((id, key), value)| format!("{id} {key:02x?} {value:02x?}")).collect()
    }

    pub(super) fn compute_storage(
        &mut self,
        op: Op,
        id: StorageId,
        args: &[Val],
    ) -> Step<Option<Val>> {
        let field = &self.module.storage[id];
        let (mut key, mut value) = (None, None);
        for (kind, arg) in op.info().operands.iter().zip(args) {
            match kind {
                Kind::key => key = Some(bytes(field.key, arg)?),
                _ if op == Op::StorageSet && *arg == Val::NULL => {}
                _ => value = Some(bytes(field.value, arg)?),
            }
        }
        if op.info().result == Kind::none {
            let given: Vec<&Vec<u8>> = key.iter().chain(&value).collect();
            self.trace.push(format!("{} {id} {given:02x?}", op.info().name));
        }
        Ok(match (op, value) {
            (Op::StorageSet | Op::StorageMapSet, Some(value)) => {
                self.storage.insert((id, key), value);
                None
            }
            (Op::StorageSet | Op::StorageMapRemove, _) => {
                self.storage.remove(&(id, key));
                None
            }
            (Op::StorageMapContains, _) => {
                Some(Val::Const(Const::I32(i32::from(self.storage.contains_key(&(id, key))))))
            }
            (Op::StorageMapSize, _) => {
                let size = self.storage.keys().filter(|(other, _)| *other == id).count();
                Some(Val::Const(Const::I64(size as i64)))
            }
            _ => Some(match self.storage.get(&(id, key)) {
                Some(bytes) => stored(field.value, bytes),
                None => Val::zero(field.value.ty()),
            }),
        })
    }
}

/// The bytes of a key or value in a form.
fn bytes(form: StorageForm, val: &Val) -> Step<Vec<u8>> {
    Ok(match (form, val) {
        (StorageForm::Boolean, Val::Const(Const::I32(number))) => vec![(number & 1) as u8],
        (StorageForm::Byte, Val::Const(Const::I32(number))) => vec![*number as u8],
        (StorageForm::Short | StorageForm::Char, Val::Const(Const::I32(number))) => {
            (*number as u16).to_be_bytes().to_vec()
        }
        (_, Val::Const(Const::I32(number))) => number.to_be_bytes().to_vec(),
        (_, Val::Const(Const::I64(number))) => number.to_be_bytes().to_vec(),
        (_, Val::Const(Const::U128(number))) => number.to_be_bytes().to_vec(),
        (_, Val::Const(Const::I128(number))) => number.to_be_bytes().to_vec(),
        (_, Val::Const(Const::Bytes(bytes))) => bytes.to_vec(),
        _ => return trap(TrapKind::Null),
    })
}

/// What bytes in a form mean, which were made by [`bytes`].
fn stored(form: StorageForm, bytes: &[u8]) -> Val {
    let number = bytes.iter().fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
    Val::Const(match form {
        StorageForm::Bytes => Const::Bytes(Arc::from(bytes)),
        StorageForm::Byte => Const::I32((number as i8).into()),
        StorageForm::Short => Const::I32((number as i16).into()),
        StorageForm::Boolean | StorageForm::Char | StorageForm::Int => Const::I32(number as i32),
        StorageForm::Long => Const::I64(number as i64),
        StorageForm::UInt128 => Const::U128(number),
        StorageForm::Int128 => Const::I128(number as i128),
    })
}
