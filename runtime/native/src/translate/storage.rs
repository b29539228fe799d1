//! Contract storage: keys and values go to the engine and come back without the window.

use super::function::Translator;
use super::held::{Form, Held};
use crate::context::{Callback, offset};
use crate::emitter::{Emitter, Type};
use fvm_isa::{Inst, Reg, StorageId};

impl<E: Emitter> Translator<'_, E> {
    /// Translates what reads or writes storage often; whether the instruction is one of these.
    pub(super) fn storage(&mut self, inst: &Inst, pc: u32) -> bool {
        match inst {
            Inst::StorageGet { dst, field } => {
                self.ask_storage(Callback::StorageGet, *field, &[], pc);
                self.take_stored(*dst, *field);
            }
            Inst::StorageSet { value, field } => {
                self.ask_storage(Callback::StorageSet, *field, &[*value], pc);
            }
            Inst::StorageMapGet { dst, key, field } => {
                self.ask_storage(Callback::MapFind, *field, &[*key], pc);
                self.take_stored(*dst, *field);
            }
            Inst::StorageMapFind { dst, found, key, field } => {
                self.ask_storage(Callback::MapFind, *field, &[*key], pc);
                self.take_stored(*dst, *field);
                let is_found = self.context_part(Type::I32, offset::STORED_FOUND);
                self.set(*found, Held::Int(is_found));
            }
            Inst::StorageMapSet { key, value, field } => {
                self.ask_storage(Callback::MapSet, *field, &[*key, *value], pc);
            }
            _ => return false,
        }
        true
    }

    fn ask_storage(&mut self, callback: Callback, field: StorageId, given: &[Reg], pc: u32) {
        let mut args = vec![self.int(pc as i32), self.int(field.0.into())];
        for register in given {
            let (low, high) = self.halves(self.held(*register));
            args.extend([low, high]);
        }
        args.push(self.frame);
        self.call_back_or_leave(callback, &args);
    }

    /// What was read, in the form of the field's values.
    fn take_stored(&mut self, dst: Reg, field: StorageId) {
        let form = Form::of(self.module.module().storage[field.index()].value.ty());
        let at = [offset::STORED_LOW, offset::STORED_HIGH];
        let parts: Vec<E::Value> =
            form.parts().iter().zip(at).map(|(ty, at)| self.context_part(*ty, at)).collect();
        self.set(dst, form.join(&parts));
    }
}
