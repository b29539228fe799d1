//! From an object file, as LLVM writes it for x86-64 (ELF, 64 bits, little-endian), to bytes that
//! may lie anywhere: sections one after the other, and places that name each other relatively.
//!
//! Every number is looked at before it is used. What is not expected (an absolute address, a symbol
//! that is not in the file) makes the file one that is not used.

use std::collections::BTreeMap;

/// The content of an object file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Linked {
    /// All sections that are needed to run.
    pub bytes: Vec<u8>,
    /// Where the symbols with names are in them.
    pub symbols: BTreeMap<String, u32>,
}

/// A header of a section.
#[derive(Clone, Copy)]
struct Section {
    kind: u32,
    is_loaded: bool,
    offset: usize,
    size: usize,
    /// The section that this one is about: of symbols their names.
    link: usize,
    /// The section that relocations are for.
    target: usize,
    alignment: usize,
}

/// A symbol: where its name is, its section, and where it is in it.
#[derive(Clone, Copy)]
struct Symbol {
    name: usize,
    section: usize,
    value: u64,
}

const SECTION_BYTES: usize = 64;
const SYMBOL_BYTES: usize = 24;
const RELOCATION_BYTES: usize = 24;
/// Kinds of sections.
const CONTENT: u32 = 1;
const SYMBOLS: u32 = 2;
const RELOCATIONS: u32 = 4;
/// The flag of what is in memory when code runs.
const LOADED: u64 = 2;
/// `R_X86_64_PC32` and `R_X86_64_PLT32`: 32 bits, from the place itself.
const RELATIVE: [u32; 2] = [2, 4];
/// No section of a file is aligned to more.
const ALIGNMENT_MAX: usize = 4096;

/// Puts an object file together; none if it holds what is not expected.
pub(crate) fn link(file: &[u8]) -> Option<Linked> {
    // ELF, 64 bits, little-endian.
    if !file.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let sections = sections(file)?;
    let mut linked = Linked::default();
    let mut starts = vec![None; sections.len()];
    for (section, start) in sections.iter().zip(&mut starts) {
        if section.kind == CONTENT && section.is_loaded {
            let content = content(file, section)?;
            linked.bytes.resize(linked.bytes.len().next_multiple_of(section.alignment), 0);
            *start = Some(linked.bytes.len());
            linked.bytes.extend_from_slice(content);
        }
    }
    let table = sections.iter().find(|section| section.kind == SYMBOLS)?;
    let symbols = symbols(content(file, table)?)?;
    let place = |symbol: &Symbol| {
        let start = starts.get(symbol.section).copied().flatten()?;
        i64::try_from(symbol.value).ok()?.checked_add(start as i64)
    };
    for section in sections.iter().filter(|section| section.kind == RELOCATIONS) {
        // Those of what is not loaded are of no interest.
        let Some(start) = starts.get(section.target).copied().flatten() else { continue };
        for entry in content(file, section)?.chunks_exact(RELOCATION_BYTES) {
            let (info, addend) = (number(entry, 8, 8)?, number(entry, 16, 8)? as i64);
            if !RELATIVE.contains(&(info as u32)) {
                return None;
            }
            let at = start.checked_add(number(entry, 0, 8)? as usize)?;
            let target = place(symbols.get((info >> 32) as usize)?)?.checked_add(addend)?;
            let distance = i32::try_from(target.checked_sub(at as i64)?).ok()?;
            let bytes = linked.bytes.get_mut(at..at.checked_add(4)?)?;
            bytes.copy_from_slice(&distance.to_le_bytes());
        }
    }
    let names = content(file, sections.get(table.link)?)?;
    for symbol in &symbols {
        if let Some(place) = place(symbol) {
            let name = names.get(symbol.name..)?.split(|byte| *byte == 0).next()?;
            let name = String::from_utf8(name.to_vec()).ok()?;
            linked.symbols.insert(name, u32::try_from(place).ok()?);
        }
    }
    Some(linked)
}

fn sections(file: &[u8]) -> Option<Vec<Section>> {
    let (start, count) = (number(file, 40, 8)? as usize, number(file, 60, 2)? as usize);
    let headers = file.get(start..)?.get(..count.checked_mul(SECTION_BYTES)?)?;
    let section = |header: &[u8]| {
        let alignment = (number(header, 48, 8)? as usize).max(1);
        let is_aligned = alignment.is_power_of_two() && alignment <= ALIGNMENT_MAX;
        is_aligned.then_some(Section {
            kind: number(header, 4, 4)? as u32,
            is_loaded: number(header, 8, 8)? & LOADED != 0,
            offset: number(header, 24, 8)? as usize,
            size: number(header, 32, 8)? as usize,
            link: number(header, 40, 4)? as usize,
            target: number(header, 44, 4)? as usize,
            alignment,
        })
    };
    headers.chunks_exact(SECTION_BYTES).map(section).collect()
}

fn content<'f>(file: &'f [u8], section: &Section) -> Option<&'f [u8]> {
    file.get(section.offset..section.offset.checked_add(section.size)?)
}

fn symbols(table: &[u8]) -> Option<Vec<Symbol>> {
    let symbol = |entry: &[u8]| {
        Some(Symbol {
            name: number(entry, 0, 4)? as usize,
            section: number(entry, 6, 2)? as usize,
            value: number(entry, 8, 8)?,
        })
    };
    table.chunks_exact(SYMBOL_BYTES).map(symbol).collect()
}

/// A number of so many bytes.
fn number(bytes: &[u8], at: usize, count: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(count)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn what_is_no_object_file_is_not_used() {
        assert_eq!(link(b""), None);
        assert_eq!(link(b"\x7fELF\x02\x01"), None);
        let mut file = vec![0xff; 64];
        file[..6].copy_from_slice(b"\x7fELF\x02\x01");
        assert_eq!(link(&file), None);
    }
}
