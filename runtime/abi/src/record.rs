//! Events, Stories and problems: records that begin with a mark of their type.

use crate::interface::{Described, Interface, RecordType};
use crate::types::Type;
use crate::value::{Data, Record, Value};
use crate::wire::{WireError, simple_name};
use fvm_keys::from_hex;

impl Interface {
    /// A record with its fields, if the contract's ABI knows its type: the type and the value.
    pub fn known_record(&self, record: &Record) -> Option<(&Type, Value)> {
        let lists = [&self.events, &self.stories, &self.problems];
        let is_it = |ty: &&RecordType| from_hex(&ty.hash).is_some_and(|hash| hash == record.hash);
        let ty = &lists.into_iter().flatten().find(is_it)?.ty;
        self.record_value(ty, record).ok().map(|value| (ty, value))
    }

    fn record_value(&self, ty: &Type, record: &Record) -> Result<Value, WireError> {
        let unknown = || WireError::UnknownType(ty.to_string());
        match self.types.get(ty.name()).ok_or_else(unknown)? {
            Described::Product { fields } => {
                let fields = self.decode_fields(fields, &record.fields)?;
                Ok(Value::Product(Data { name: simple_name(ty), fields }))
            }
            Described::Sum { cases } => {
                let number = u8::try_from(record.number);
                let case = number
                    .ok()
                    .and_then(|number| cases.get(usize::from(number)).map(|case| (number, case)));
                let (number, case) = case.ok_or_else(|| WireError::Malformed(ty.to_string()))?;
                let fields = self.decode_fields(&case.fields, &record.fields)?;
                Ok(Value::Case(number, Data { name: case.name.clone(), fields }))
            }
        }
    }
}
