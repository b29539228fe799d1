//! Characters and letter case by the fixed tables of Unicode 16.0, as JDK 25 has them. The tables
//! are part of the machine's rules: a newer Unicode is a new version of the machine.

use crate::tables::{CATEGORIES, LOWER, SPECIAL_UPPER, UPPER};
use crate::utf16;

/// The general category of a code point, as `java.lang.Character.getType` numbers it; 0
/// (unassigned) for what is no code point.
pub fn category(c: i32) -> i32 {
    if !(0..0x11_0000).contains(&c) {
        return 0;
    }
    let after = CATEGORIES.partition_point(|run| run.0 <= c as u32);
    after.checked_sub(1).map_or(0, |run| i32::from(CATEGORIES[run].1))
}

/// `Character.toUpperCase`.
pub fn to_upper(c: i32) -> i32 {
    map(UPPER, c)
}

/// `Character.toLowerCase`.
pub fn to_lower(c: i32) -> i32 {
    map(LOWER, c)
}

fn map(table: &[(u32, u32, u32, i32)], c: i32) -> i32 {
    let Ok(code) = u32::try_from(c) else { return c };
    let after = table.partition_point(|run| run.0 <= code);
    // Runs of every second letter may overlap with their neighbour, hence two candidates.
    for run in table[after.saturating_sub(2)..after].iter().rev() {
        if code <= run.1 && (code - run.0) % run.2 == 0 {
            return c + run.3;
        }
    }
    c
}

/// `String.toUpperCase` in the root locale.
pub fn text_to_upper(units: &[u16]) -> Vec<u16> {
    let mut out = Vec::with_capacity(units.len());
    for (_, c) in utf16::code_points(units) {
        match SPECIAL_UPPER.binary_search_by_key(&c, |row| row.0) {
            Ok(row) => out.extend_from_slice(SPECIAL_UPPER[row].1),
            Err(_) => utf16::push_code_point(&mut out, to_upper(c as i32) as u32),
        }
    }
    out
}

/// `String.toLowerCase` in the root locale: a capital sigma at the end of a word becomes a final
/// one, a dotted capital I becomes two characters.
pub fn text_to_lower(units: &[u16]) -> Vec<u16> {
    const CAPITAL_SIGMA: u32 = 0x3a3;
    const DOTTED_CAPITAL_I: u32 = 0x130;
    let mut out = Vec::with_capacity(units.len());
    for (at, c) in utf16::code_points(units) {
        match c {
            CAPITAL_SIGMA if is_final(units, at) => out.push(0x3c2),
            DOTTED_CAPITAL_I => out.extend_from_slice(&[0x69, 0x307]),
            _ => utf16::push_code_point(&mut out, to_lower(c as i32) as u32),
        }
    }
    out
}

/// Unicode's condition Final_Sigma for the one-unit letter at `at`: a cased letter before, none
/// after, ignoring what letter case ignores.
fn is_final(units: &[u16], at: usize) -> bool {
    let mut cased_before = false;
    for (_, c) in utf16::code_points(&units[..at]) {
        if !is_case_ignorable(c) {
            cased_before = is_cased(c);
        }
    }
    let after = utf16::code_points(&units[at + 1..]).find(|(_, c)| !is_case_ignorable(*c));
    cased_before && !after.is_some_and(|(_, c)| is_cased(c))
}

fn is_cased(c: u32) -> bool {
    // Upper, lower and title case letters; roman numerals and circled letters have case too.
    matches!(category(c as i32), 1..=3) || to_upper(c as i32) != to_lower(c as i32)
}

fn is_case_ignorable(c: u32) -> bool {
    // Nonspacing and enclosing marks, format characters, modifier letters and symbols, and the
    // punctuation that may stand inside a word.
    matches!(category(c as i32), 4 | 6 | 7 | 16 | 27)
        || matches!(c, 0x27 | 0x2e | 0x3a | 0xb7 | 0x2018 | 0x2019 | 0x2024 | 0x2027)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upper(text: &str) -> String {
        String::from_utf16(&text_to_upper(&utf16::from_str(text))).unwrap()
    }

    fn lower(text: &str) -> String {
        String::from_utf16(&text_to_lower(&utf16::from_str(text))).unwrap()
    }

    #[test]
    fn categories_are_those_of_java() {
        for (c, expected) in
            [('A', 1), ('a', 2), ('1', 9), (' ', 12), ('_', 23), ('+', 25), ('$', 26)]
        {
            assert_eq!(category(c as i32), expected, "{c}");
        }
        assert_eq!(category(0xd800), 19);
        assert_eq!(category('漢' as i32), 5);
        assert_eq!(category('\n' as i32), 15);
        assert_eq!(category(-1), 0);
        assert_eq!(category(0x11_0000), 0);
    }

    #[test]
    fn case_mapping_is_that_of_java() {
        assert_eq!(upper("straße, ÿ ŉ ﬁ"), "STRASSE, Ÿ ʼN FI");
        assert_eq!(lower("ÀÉÎ ΟΔΥΣΣΕΥΣ ΑΣ'Α Σ İ"), "àéî οδυσσευς ασ'α σ i\u{307}");
        assert_eq!(to_upper('ä' as i32), 'Ä' as i32);
        assert_eq!(to_upper('ß' as i32), 'ß' as i32);
        assert_eq!(to_lower(0x10400), 0x10428);
        assert_eq!(to_upper(-5), -5);
        assert_eq!(upper("ǆ āĂă"), "Ǆ ĀĂĂ");
    }

    #[test]
    fn mappings_agree_with_the_standard_library_where_both_know_the_character() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let mut expected = c.to_lowercase();
            if let (Some(one), None) = (expected.next(), expected.next())
                && category(c as i32) != 0
                && to_lower(c as i32) != c as i32
            {
                assert_eq!(to_lower(c as i32), one as i32, "{c:?}");
            }
        }
    }
}
