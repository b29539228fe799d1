//! Characters and letter case by the fixed tables of Unicode 16.0, as JDK 25 has them. The tables
//! are part of the machine's rules: a newer Unicode is a new version of the machine.

use crate::tables::{CATEGORIES, LOWER, SPECIAL_UPPER, UPPER};
use crate::utf16;

/// What code points have, block by block: what is asked for every unit of a text is found without
/// a search in the runs.
struct Table<T, const BLOCKS: usize, const ROWS: usize> {
    /// The row of each block; blocks whose code points all have the same may share one.
    blocks: [u16; BLOCKS],
    rows: [[T; BLOCK]; ROWS],
}

/// Code points in a block.
const BLOCK: usize = 64;

impl<T: Copy, const BLOCKS: usize, const ROWS: usize> Table<T, BLOCKS, ROWS> {
    /// None behind the last block, and for what is no code point.
    #[inline]
    fn get(&self, c: i32) -> Option<T> {
        let row = self.blocks.get(c as u32 as usize / BLOCK)?;
        Some(self.rows[usize::from(*row)][c as usize % BLOCK])
    }
}

/// The general category of a code point, as `java.lang.Character.getType` numbers it; 0
/// (unassigned) for what is no code point.
pub fn category(c: i32) -> i32 {
    CATEGORY_TABLE.get(c).map_or(0, i32::from)
}

/// The first rows are those of blocks of one category, the others those of blocks of several.
static CATEGORY_TABLE: Table<u8, { 0x11_0000 / BLOCK }, { CATEGORY_COUNT + 429 }> =
    Table::of_categories(CATEGORIES);

/// One more than the greatest category.
const CATEGORY_COUNT: usize = 31;

impl<const BLOCKS: usize, const ROWS: usize> Table<u8, BLOCKS, ROWS> {
    const fn of_categories(runs: &[(u32, u8)]) -> Table<u8, BLOCKS, ROWS> {
        let mut table = Table { blocks: [0; BLOCKS], rows: [[0; BLOCK]; ROWS] };
        let mut used = 0;
        while used < CATEGORY_COUNT {
            table.rows[used] = [used as u8; BLOCK];
            used += 1;
        }
        let (mut run, mut block) = (0, 0);
        while block < BLOCKS {
            let start = (block * BLOCK) as u32;
            run = run_of(runs, run, start);
            let is_same = run_of(runs, run, start + BLOCK as u32 - 1) == run;
            table.blocks[block] = if is_same { runs[run].1 as u16 } else { used as u16 };
            let mut at = 0;
            while !is_same && at < BLOCK {
                run = run_of(runs, run, start + at as u32);
                table.rows[used][at] = runs[run].1;
                at += 1;
            }
            used += !is_same as usize;
            block += 1;
        }
        table
    }
}

/// The run that a code point is in, which is not before `run`.
const fn run_of(runs: &[(u32, u8)], mut run: usize, code: u32) -> usize {
    while run + 1 < runs.len() && runs[run + 1].0 <= code {
        run += 1;
    }
    run
}

/// `Character.toUpperCase`.
pub fn to_upper(c: i32) -> i32 {
    match UPPER_CASES.difference(c) {
        special if special <= SPECIAL_LAST => search(UPPER, c),
        difference => c + difference,
    }
}

/// `Character.toLowerCase`.
pub fn to_lower(c: i32) -> i32 {
    c + LOWER_CASES.difference(c)
}

/// What letter case adds to code points. No letter behind the last block has case.
type Cases<const ROWS: usize> = Table<i32, { 0x1e980 / BLOCK }, ROWS>;

/// The difference of a code point whose upper case is that of the last row in [`SPECIAL_UPPER`].
const SPECIAL_LAST: i32 = SPECIAL_FIRST + SPECIAL_UPPER.len() as i32 - 1;
/// The same of the first row.
const SPECIAL_FIRST: i32 = i32::MIN;

static UPPER_CASES: Cases<63> = Cases::of_differences(UPPER, SPECIAL_UPPER);
static LOWER_CASES: Cases<57> = Cases::of_differences(LOWER, &[]);

impl<const ROWS: usize> Cases<ROWS> {
    /// The first row is that of blocks in which nothing changes.
    const fn of_differences(
        runs: &[(u32, u32, u32, i32)],
        special: &[(u32, &[u16])],
    ) -> Cases<ROWS> {
        let mut cases = Table { blocks: [0; 0x1e980 / BLOCK], rows: [[0; BLOCK]; ROWS] };
        let mut used = 1;
        let mut at = 0;
        while at < runs.len() {
            let (first, last, step, difference) = runs[at];
            let mut code = first;
            while code <= last {
                used = cases.set(used, code, difference);
                code += step;
            }
            at += 1;
        }
        at = 0;
        while at < special.len() {
            used = cases.set(used, special[at].0, SPECIAL_FIRST + at as i32);
            at += 1;
        }
        cases
    }

    /// Sets a difference; how many rows are used afterwards.
    const fn set(&mut self, used: u16, code: u32, difference: i32) -> u16 {
        let (block, at) = (code as usize / BLOCK, code as usize % BLOCK);
        let is_new = self.blocks[block] == 0;
        if is_new {
            self.blocks[block] = used;
        }
        self.rows[self.blocks[block] as usize][at] = difference;
        used + is_new as u16
    }

    fn difference(&self, c: i32) -> i32 {
        self.get(c).unwrap_or(0)
    }
}

fn search(table: &[(u32, u32, u32, i32)], c: i32) -> i32 {
    let code = c as u32;
    let after = table.partition_point(|run| run.0 <= code);
    // Runs of every second letter may overlap with their neighbour, hence two candidates.
    for run in table[after.saturating_sub(2)..after].iter().rev() {
        if code <= run.1 && (code - run.0).is_multiple_of(run.2) {
            return c + run.3;
        }
    }
    c
}

/// `String.toUpperCase` in the root locale.
pub fn text_to_upper(units: &[u16]) -> Vec<u16> {
    let mut out = Vec::with_capacity(units.len());
    for (_, c) in utf16::code_points(units) {
        match UPPER_CASES.difference(c as i32) {
            row if row <= SPECIAL_LAST => {
                out.extend_from_slice(SPECIAL_UPPER[(row - SPECIAL_FIRST) as usize].1);
            }
            difference => utf16::push_code_point(&mut out, c.wrapping_add_signed(difference)),
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
    // Found when the first sigma asks, and from then on kept up to date.
    let mut before = CasedBefore::default();
    for (at, c) in utf16::code_points(units) {
        match c {
            CAPITAL_SIGMA if before.is_cased(units, at) && !is_cased_after(&units[at + 1..]) => {
                out.push(0x3c2);
            }
            DOTTED_CAPITAL_I => out.extend_from_slice(&[0x69, 0x307]),
            _ => utf16::push_code_point(&mut out, to_lower(c as i32) as u32),
        }
    }
    out
}

/// One half of Unicode's condition Final_Sigma: the letter before has case, if what letter case
/// ignores is passed by. Every unit is looked at once, so that texts of sigmas take linear time.
#[derive(Default)]
struct CasedBefore {
    /// Units that have been looked at.
    seen: usize,
    is_cased: bool,
}

impl CasedBefore {
    fn is_cased(&mut self, units: &[u16], at: usize) -> bool {
        for (_, c) in utf16::code_points(&units[self.seen..at]) {
            if !is_case_ignorable(c) {
                self.is_cased = is_cased(c);
            }
        }
        self.seen = at;
        self.is_cased
    }
}

/// The other half: the next letter has case. A search never passes by another sigma.
fn is_cased_after(units: &[u16]) -> bool {
    let after = utf16::code_points(units).find(|(_, c)| !is_case_ignorable(*c));
    after.is_some_and(|(_, c)| is_cased(c))
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
    fn the_tables_are_those_of_the_runs() {
        for c in 0..0x11_0000 {
            let run = CATEGORIES.partition_point(|run| run.0 <= c as u32) - 1;
            assert_eq!(category(c), i32::from(CATEGORIES[run].1), "{c:#x}");
        }
        for c in -1..0x11_0001 {
            assert_eq!((to_upper(c), to_lower(c)), (search(UPPER, c), search(LOWER, c)), "{c:#x}");
        }
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
