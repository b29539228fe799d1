//! Why a message came back, in the wire form of an open record: type hash (8 bytes), case number
//! (4), length and bytes of the encoded fields, length and bytes of the text.
//!
//! A contract's own problems arrive in this form already; the ones that the ledger itself makes
//! are the cases of the library's `fvm.SystemProblem`, in the order of this enum.

/// A problem that the ledger itself reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SystemProblem {
    /// The receiver's code failed: with what.
    Failed(String),
    /// The gas of the message ran out.
    OutOfGas,
    /// There is no contract at the address, or none of that class.
    NoContract,
    /// The contract has no such entry.
    NoEntry,
    /// Coins came with a message to an entry that takes none.
    NotPayable,
    /// The arguments are not an encoding of the parameters.
    BadArguments,
    /// The sender does not have the coins.
    NotEnoughCoins,
    /// The contract has written its Story.
    Concluded,
    /// Nobody could run the message in time.
    TimedOut,
    /// The invariant with this number does not hold.
    InvariantBroken(u32),
    /// A test asked for this message to bounce.
    Injected,
}

/// The name whose hash marks system problems.
pub const SYSTEM_PROBLEM_TYPE: &str = "fvm.SystemProblem";

impl SystemProblem {
    /// The number and name of the case in the library.
    fn case(&self) -> (u32, &'static str) {
        match self {
            SystemProblem::Failed(_) => (0, "Failed"),
            SystemProblem::OutOfGas => (1, "OutOfGas"),
            SystemProblem::NoContract => (2, "NoContract"),
            SystemProblem::NoEntry => (3, "NoEntry"),
            SystemProblem::NotPayable => (4, "NotPayable"),
            SystemProblem::BadArguments => (5, "BadArguments"),
            SystemProblem::NotEnoughCoins => (6, "NotEnoughCoins"),
            SystemProblem::Concluded => (7, "Concluded"),
            SystemProblem::TimedOut => (8, "TimedOut"),
            SystemProblem::InvariantBroken(_) => (9, "InvariantBroken"),
            SystemProblem::Injected => (10, "Injected"),
        }
    }

    /// The text for people: the case, and what is known besides.
    pub fn text(&self) -> String {
        let (_, name) = self.case();
        match self {
            SystemProblem::Failed(text) => format!("{name}: {text}"),
            SystemProblem::InvariantBroken(number) => format!("{name}: number {}", number + 1),
            _ => name.to_string(),
        }
    }

    /// The open record; the cases have no fields.
    pub fn encode(&self) -> Vec<u8> {
        let (number, _) = self.case();
        let mut out = type_hash(SYSTEM_PROBLEM_TYPE).to_vec();
        out.extend(number.to_be_bytes());
        put_bytes(&mut out, &[]);
        put_bytes(&mut out, self.text().as_bytes());
        out
    }
}

/// The first eight bytes of the BLAKE3 hash of a type's full name.
pub fn type_hash(full_name: &str) -> [u8; 8] {
    let mut out = [0; 8];
    out.copy_from_slice(&blake3::hash(full_name.as_bytes()).as_bytes()[..8]);
    out
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("a problem is shorter than 4 GiB");
    out.extend(length.to_be_bytes());
    out.extend_from_slice(bytes);
}

/// The text of an open record, for people; `None` if the bytes are not one.
pub fn record_text(record: &[u8]) -> Option<&str> {
    let fields = u32::from_be_bytes(record.get(12..16)?.try_into().ok()?) as usize;
    let at = 16usize.checked_add(fields)?;
    let length = u32::from_be_bytes(record.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize;
    let start = at + 4;
    let text = record.get(start..start.checked_add(length)?)?;
    if start + length != record.len() {
        return None;
    }
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_record_is_found() {
        let problem = SystemProblem::Failed("/ by zero".into());
        assert_eq!(record_text(&problem.encode()), Some("Failed: / by zero"));
        assert_eq!(record_text(&[1, 2, 3]), None);
    }
}
