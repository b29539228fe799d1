//! What an uncaught failure says of itself: the functions that modules export for it, and how they
//! are called. Who runs a module asks here, so that everybody shows the same text.

use crate::host::NoHost;
use crate::machine::Machine;
use crate::outcome::{Ending, Thrown, Trap};
use crate::value::{Value, class_of};
use fvm_isa::ClassId;

/// The export from a thrown object to its text.
pub const DESCRIBE_EXPORT: &str = "$describe";

/// What the names of such exports of libraries begin with, in a module that was linked; the number
/// of the first class of their own follows.
pub const LIBRARY_DESCRIBE_EXPORT: &str = "$describe/";

/// The export from code and detail of a trap to its text.
pub const DESCRIBE_TRAP_EXPORT: &str = "$describe_trap";

/// Gas for such a text; outside of the call's own.
const DESCRIBE_GAS: u64 = 10_000_000;

impl Machine<'_> {
    /// What an object that this machine threw says of itself, or at least its class.
    pub fn thrown_text(&mut self, thrown: &Thrown) -> String {
        let name = self.describer(class_of(thrown.object));
        let text = self.described(&name, &[Value::Reference(thrown.object)]);
        text.unwrap_or_else(|| thrown.class_name.clone())
    }

    /// The export that knows a class: that of the module whose classes begin at it or shortly before
    /// it. One is asked and no other, because asking costs nobody gas.
    fn describer(&self, class: ClassId) -> String {
        let exports = self.module.module().exports.iter();
        let firsts = exports.filter_map(|export| {
            export.name.strip_prefix(LIBRARY_DESCRIBE_EXPORT)?.parse::<u16>().ok()
        });
        match firsts.filter(|first| *first <= class.0).max() {
            Some(first) => format!("{LIBRARY_DESCRIBE_EXPORT}{first}"),
            None => DESCRIBE_EXPORT.to_owned(),
        }
    }

    /// What the module says of a trap, or at least its code and detail.
    pub fn trap_text(&mut self, trap: &Trap) -> String {
        let detail = trap.detail.clone().map_or(Value::Null, Value::Text);
        let code = Value::I32(i32::from(trap.code.0));
        let text = self.described(DESCRIBE_TRAP_EXPORT, &[code, detail]);
        text.unwrap_or_else(|| trap.to_string())
    }

    fn described(&mut self, export: &str, args: &[Value]) -> Option<String> {
        let function = self.module.module().export(export)?.function;
        match self.call(function, args, DESCRIBE_GAS, &mut NoHost).ending {
            Ending::Returned(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}
