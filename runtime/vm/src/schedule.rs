//! Gas schedules: prices as data. A schedule is a versioned JSON file; nothing in a module or in
//! the machine's code is a price.

use fvm_isa::{ALL, CostClass, Opcode};
use serde_json::{Map, Value};
use std::fmt;

/// What work on something of a size costs: `base + per_unit * units`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Size {
    /// Whatever the size.
    pub base: u32,
    /// For each begun unit.
    pub per_unit: u32,
}

impl Size {
    /// The price of so many units. Cannot overflow for anything that fits into memory, and says
    /// `u64::MAX` if it did.
    pub fn price(self, units: u64) -> u64 {
        u64::from(self.per_unit).saturating_mul(units).saturating_add(self.base.into())
    }
}

macro_rules! sizes {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        /// Prices that depend on a size.
        #[derive(Clone, PartialEq, Eq, Default, Debug)]
        pub struct Sizes {
            $($(#[$meta])* pub $name: Size,)*
        }

        impl Sizes {
            /// The names in the file.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// The price at a place of [`Sizes::NAMES`].
            pub fn by_index(&self, at: usize) -> Size {
                [$(self.$name),*].get(at).copied().unwrap_or_default()
            }

            fn read(map: &Map<String, Value>) -> Result<Sizes, ScheduleError> {
                Ok(Sizes { $($name: read_size(map, stringify!($name))?,)* })
            }
        }
    };
}

sizes! {
    /// Allocating, per 16 bytes, header included.
    allocate,
    /// Copying, per 16 bytes.
    copy,
    /// Comparing, and hashing for equality, per 16 bytes.
    compare,
    /// Searching texts for others, per 16 bytes of both.
    search,
    /// Converting between numbers, text and UTF-8, per 16 bytes.
    convert,
    /// Changing letter case, per 16 units.
    letter_case,
    /// Cryptographic hashes, per 64 bytes.
    hash,
    /// Values read from storage, per byte of key and value.
    storage_read,
    /// Values written to storage, per byte of key and value.
    storage_write,
    /// Arguments and results of host functions, per byte.
    host,
    /// Unwinding, per frame.
    unwind,
}

/// A gas schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schedule {
    /// The version of the file.
    pub version: u32,
    /// Prices by size.
    pub sizes: Sizes,
    opcodes: Box<[u32; 256]>,
    identity: [u8; 32],
}

/// Why a file is no schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScheduleError(String);

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a gas schedule: {}", self.0)
    }
}

impl std::error::Error for ScheduleError {}

impl Schedule {
    /// The file of the schedule that ships with the machine.
    pub const STANDARD: &str = include_str!("../../schedules/v2.json");

    /// The schedule that ships with the machine.
    pub fn standard() -> Schedule {
        Schedule::parse(Schedule::STANDARD).expect("a test reads the schedule that ships")
    }

    /// A schedule from the text of its file.
    pub fn parse(text: &str) -> Result<Schedule, ScheduleError> {
        let file: Value = serde_json::from_str(text).map_err(|error| fail(error.to_string()))?;
        let file = file.as_object().ok_or_else(|| fail("an object expected"))?;
        only(file, &["version", "unit", "classes", "opcodes", "sizes"])?;
        let classes = object(file, "classes")?;
        let words: Vec<String> = CostClass::ALL.iter().map(|class| class.word()).collect();
        only(classes, &words.iter().map(String::as_str).collect::<Vec<_>>())?;
        let exceptions = object(file, "opcodes")?;
        if let Some(name) = exceptions.keys().find(|name| Opcode::lookup(name).is_none()) {
            return Err(fail(format!("there is no opcode `{name}`")));
        }
        let mut opcodes = Box::new([0; 256]);
        for opcode in ALL {
            let info = opcode.info();
            opcodes[usize::from(opcode.byte())] = match exceptions.contains_key(info.mnemonic) {
                true => number(exceptions, info.mnemonic)?,
                false => number(classes, &info.cost.word())?,
            };
        }
        // Every block ends with a terminator, so every turn of a loop costs something.
        let is_free =
            |opcode: &&Opcode| opcode.is_terminator() && opcodes[usize::from(opcode.byte())] == 0;
        if let Some(opcode) = ALL.iter().find(is_free) {
            let name = opcode.mnemonic();
            return Err(fail(format!("`{name}` costs nothing: a loop would never end")));
        }
        let sizes = object(file, "sizes")?;
        only(sizes, Sizes::NAMES)?;
        Ok(Schedule {
            version: number(file, "version")?,
            sizes: Sizes::read(sizes)?,
            opcodes,
            identity: *blake3::hash(text.as_bytes()).as_bytes(),
        })
    }

    /// The price of an instruction, without what depends on sizes.
    pub fn price(&self, opcode: Opcode) -> u32 {
        self.opcodes[usize::from(opcode.byte())]
    }

    /// Tells schedules apart.
    pub fn identity(&self) -> [u8; 32] {
        self.identity
    }
}

fn fail(text: impl Into<String>) -> ScheduleError {
    ScheduleError(text.into())
}

fn only(map: &Map<String, Value>, known: &[&str]) -> Result<(), ScheduleError> {
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(fail(format!("`{key}` means nothing here"))),
        None => Ok(()),
    }
}

fn object<'a>(
    map: &'a Map<String, Value>,
    key: &str,
) -> Result<&'a Map<String, Value>, ScheduleError> {
    let value = map.get(key).and_then(Value::as_object);
    value.ok_or_else(|| fail(format!("an object `{key}` expected")))
}

fn number(map: &Map<String, Value>, key: &str) -> Result<u32, ScheduleError> {
    let value = map.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
    value.ok_or_else(|| fail(format!("a 32-bit number `{key}` expected")))
}

fn read_size(map: &Map<String, Value>, key: &str) -> Result<Size, ScheduleError> {
    let size = object(map, key)?;
    only(size, &["base", "per_unit"])?;
    Ok(Size { base: number(size, "base")?, per_unit: number(size, "per_unit")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_schedule_prices_every_opcode() {
        let schedule = Schedule::standard();
        assert_eq!(schedule.version, 2);
        assert!(ALL.iter().all(|opcode| schedule.price(*opcode) > 0));
    }

    #[test]
    fn mistakes_are_told() {
        let text = Schedule::STANDARD;
        let broken = text.replace("\"moving\"", "\"mving\"");
        assert!(
            Schedule::parse(&broken).unwrap_err().to_string().contains("`mving` means nothing")
        );
        let broken = text.replace("\"version\": 2", "\"version\": -2");
        assert!(Schedule::parse(&broken).is_err());
        assert!(Schedule::parse("[]").is_err());
        let broken = text.replace("\"branch\": 60", "\"branch\": 0");
        let error = Schedule::parse(&broken).unwrap_err().to_string();
        assert!(error.contains("`jump` costs nothing"), "{error}");
    }

    #[test]
    fn prices_saturate() {
        let size = Size { base: u32::MAX, per_unit: u32::MAX };
        assert_eq!(size.price(u64::MAX), u64::MAX);
        assert_eq!(Size { base: 2, per_unit: 3 }.price(4), 14);
    }
}
