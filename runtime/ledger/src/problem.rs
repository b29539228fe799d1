//! Why a message came back, in the wire form of an open record: type hash (8 bytes), case number
//! (4), length and bytes of the encoded fields, length and bytes of the text.
//!
//! A contract's own problems arrive in this form already; the ones that the ledger itself makes
//! are the cases of the library's `fvm.SystemProblem`, in the order of this enum.

/// A problem that the ledger itself reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SystemProblem {
    /// The gas of the message ran out.
    OutOfGas,
    /// The machine stopped: what it said.
    Trapped(String),
    /// There is no contract at the address.
    NoSuchContract,
    /// The contract has no such entry.
    NoSuchMethod,
    /// Coins came with a message to an entry that takes none.
    NotPayable,
    /// The contract has written its Story.
    Concluded,
    /// The sender does not have the coins.
    InsufficientBalance,
    /// The invariant with this number does not hold.
    InvariantBroken(u32),
    /// A test asked for this message to bounce.
    Injected,
    /// The arguments are not an encoding of the parameters.
    Malformed,
    /// A declared limit was reached: which.
    LimitReached(String),
}

/// The name whose hash marks system problems.
pub const SYSTEM_PROBLEM_TYPE: &str = "fvm.SystemProblem";

impl SystemProblem {
    fn ordinal(&self) -> u32 {
        match self {
            SystemProblem::OutOfGas => 0,
            SystemProblem::Trapped(_) => 1,
            SystemProblem::NoSuchContract => 2,
            SystemProblem::NoSuchMethod => 3,
            SystemProblem::NotPayable => 4,
            SystemProblem::Concluded => 5,
            SystemProblem::InsufficientBalance => 6,
            SystemProblem::InvariantBroken(_) => 7,
            SystemProblem::Injected => 8,
            SystemProblem::Malformed => 9,
            SystemProblem::LimitReached(_) => 10,
        }
    }

    /// The text, as the case class prints.
    pub fn text(&self) -> String {
        match self {
            SystemProblem::OutOfGas => "OutOfGas".into(),
            SystemProblem::Trapped(text) => format!("Trapped({text})"),
            SystemProblem::NoSuchContract => "NoSuchContract".into(),
            SystemProblem::NoSuchMethod => "NoSuchMethod".into(),
            SystemProblem::NotPayable => "NotPayable".into(),
            SystemProblem::Concluded => "Concluded".into(),
            SystemProblem::InsufficientBalance => "InsufficientBalance".into(),
            SystemProblem::InvariantBroken(number) => format!("InvariantBroken({number})"),
            SystemProblem::Injected => "Injected".into(),
            SystemProblem::Malformed => "Malformed".into(),
            SystemProblem::LimitReached(text) => format!("LimitReached({text})"),
        }
    }

    /// The open record.
    pub fn encode(&self) -> Vec<u8> {
        let mut fields = Vec::new();
        match self {
            SystemProblem::Trapped(text) | SystemProblem::LimitReached(text) => {
                put_bytes(&mut fields, text.as_bytes());
            }
            SystemProblem::InvariantBroken(number) => fields.extend(number.to_be_bytes()),
            _ => {}
        }
        let mut out = type_hash(SYSTEM_PROBLEM_TYPE).to_vec();
        out.extend(self.ordinal().to_be_bytes());
        put_bytes(&mut out, &fields);
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
        let problem = SystemProblem::Trapped("/ by zero".into());
        assert_eq!(record_text(&problem.encode()), Some("Trapped(/ by zero)"));
        assert_eq!(record_text(&[1, 2, 3]), None);
    }
}
