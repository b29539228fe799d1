//! Text as UTF-16 units, which is what a string means in Scala; UTF-8 at every boundary.

use crate::{Fault, Result};
use memchr::memmem;
use std::cmp::Ordering;

/// The units of a text.
pub fn from_str(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// The units of UTF-8 bytes; malformed bytes are a fault.
pub fn from_utf8(bytes: &[u8]) -> Result<Vec<u16>> {
    std::str::from_utf8(bytes).map(from_str).map_err(|_| Fault::Malformed)
}

/// UTF-8; a lone surrogate is a fault.
pub fn to_utf8(units: &[u16]) -> Result<Vec<u8>> {
    String::from_utf16(units).map(String::into_bytes).map_err(|_| Fault::Malformed)
}

/// UTF-8 with a replacement character for every lone surrogate: for messages only.
pub fn to_utf8_lossy(units: &[u16]) -> String {
    String::from_utf16_lossy(units)
}

/// Positions and code points; a lone surrogate is its own code point.
pub fn code_points(units: &[u16]) -> impl Iterator<Item = (usize, u32)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let first = u32::from(*units.get(at)?);
        at += 1;
        if (0xd800..0xdc00).contains(&first)
            && let Some(second) = units.get(at).copied().map(u32::from)
            && (0xdc00..0xe000).contains(&second)
        {
            at += 1;
            return Some((start, 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)));
        }
        Some((start, first))
    })
}

/// Appends a code point, a surrogate one as it is.
pub fn push_code_point(out: &mut Vec<u16>, c: u32) {
    if c < 0x1_0000 {
        out.push(c as u16);
    } else {
        let c = c - 0x1_0000;
        out.push(0xd800 + ((c >> 10) & 0x3ff) as u16);
        out.push(0xdc00 + (c & 0x3ff) as u16);
    }
}

/// As `compareTo`: the difference of the first units that differ, or of the lengths.
pub fn compare(a: &[u16], b: &[u16]) -> i32 {
    match a.iter().zip(b).find(|(x, y)| x != y) {
        Some((x, y)) => i32::from(*x) - i32::from(*y),
        None => (a.len() as i64 - b.len() as i64).clamp(i32::MIN.into(), i32::MAX.into()) as i32,
    }
}

/// Lexicographic comparison of bytes: -1, 0 or 1.
pub fn compare_bytes(a: &[u8], b: &[u8]) -> i32 {
    match a.cmp(b) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// First index of `needle` from `start` on, or -1, as `String.indexOf`.
pub fn index_of(text: &[u16], needle: &[u16], start: i32) -> i32 {
    first(text, start, |text| find(text, needle))
}

/// The same where all units are less than 256 and stored as bytes.
pub fn index_of_bytes(text: &[u8], needle: &[u8], start: i32) -> i32 {
    first(text, start, |text| memmem::find(text, needle))
}

fn first<T>(text: &[T], start: i32, find: impl FnOnce(&[T]) -> Option<usize>) -> i32 {
    let start = (start.max(0) as usize).min(text.len());
    find(&text[start..]).map_or(-1, |at| (start + at) as i32)
}

/// Last index of `needle` that is at most `start`, or -1, as `String.lastIndexOf`.
pub fn last_index_of(text: &[u16], needle: &[u16], start: i32) -> i32 {
    last(text, needle, start, |text| {
        // The first occurrence of the reversed needle in the reversed text is the last one here.
        let reversed: Vec<u16> = text.iter().rev().copied().collect();
        let mirrored: Vec<u16> = needle.iter().rev().copied().collect();
        find(&reversed, &mirrored).map(|at| text.len() - at - needle.len())
    })
}

/// The same where all units are less than 256 and stored as bytes.
pub fn last_index_of_bytes(text: &[u8], needle: &[u8], start: i32) -> i32 {
    last(text, needle, start, |text| memmem::rfind(text, needle))
}

fn last<T>(text: &[T], needle: &[T], start: i32, find: impl FnOnce(&[T]) -> Option<usize>) -> i32 {
    match (text.len().checked_sub(needle.len()), usize::try_from(start)) {
        (Some(last), Ok(start)) => {
            find(&text[..last.min(start) + needle.len()]).map_or(-1, |at| at as i32)
        }
        _ => -1,
    }
}

/// Knuth-Morris-Pratt: linear in both lengths, so that gas can be.
fn find(text: &[u16], needle: &[u16]) -> Option<usize> {
    let Some(first) = needle.first() else { return Some(0) };
    if needle.len() == 1 {
        return text.iter().position(|unit| unit == first);
    }
    if needle.len() > text.len() {
        return None;
    }
    if needle.len() == text.len() {
        return (text == needle).then_some(0);
    }
    let mut border = vec![0u32; needle.len()];
    let mut matched = 0;
    for at in 1..needle.len() {
        while matched > 0 && needle[at] != needle[matched] {
            matched = border[matched - 1] as usize;
        }
        matched += usize::from(needle[at] == needle[matched]);
        border[at] = matched as u32;
    }
    matched = 0;
    for (at, unit) in text.iter().enumerate() {
        while matched > 0 && *unit != needle[matched] {
            matched = border[matched - 1] as usize;
        }
        matched += usize::from(*unit == needle[matched]);
        if matched == needle.len() {
            return Some(at + 1 - needle.len());
        }
    }
    None
}

/// Checks `0 <= start <= end <= length` and gives the range.
pub fn range(start: i32, end: i32, length: usize) -> Result<std::ops::Range<usize>> {
    let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else {
        return Err(Fault::Index);
    };
    if start <= end && end <= length { Ok(start..end) } else { Err(Fault::Index) }
}

/// Checks that `count` elements from `start` on lie within `length` and gives the range.
pub fn range_of(start: i32, count: i32, length: usize) -> Result<std::ops::Range<usize>> {
    let end = start.checked_add(count).ok_or(Fault::Index)?;
    range(start, end, length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn surrogates_pair_up() {
        let units = from_str("a😀");
        assert_eq!(units.len(), 3);
        assert_eq!(code_points(&units).collect::<Vec<_>>(), [(0, 0x61), (1, 0x1f600)]);
        assert_eq!(to_utf8(&units[..2]), Err(Fault::Malformed));
        assert_eq!(from_utf8(&[0xff]), Err(Fault::Malformed));
        let mut back = Vec::new();
        push_code_point(&mut back, 0x1f600);
        assert_eq!(back, units[1..]);
    }

    #[test]
    fn search_is_that_of_java() {
        let text = from_str("banana");
        let find = |needle: &str, start| index_of(&text, &from_str(needle), start);
        let last = |needle: &str, start| last_index_of(&text, &from_str(needle), start);
        assert_eq!([find("an", 0), find("an", 2), find("an", -5), find("x", 0)], [1, 3, 1, -1]);
        assert_eq!([find("", 3), find("", 99), find("a", 99)], [3, 6, -1]);
        assert_eq!([last("an", 99), last("an", 2), last("an", 0), last("an", -1)], [3, 1, -1, -1]);
        assert_eq!([last("", 99), last("", 2), last("bananas", 9)], [6, 2, -1]);
        assert_eq!(compare(&from_str("a"), &from_str("abc")), -2);
        assert_eq!(compare(&from_str("b"), &from_str("a")), 1);
        assert_eq!(range(1, 3, 3), Ok(1..3));
        assert_eq!(range(2, 1, 3), Err(Fault::Index));
        assert_eq!(range_of(1, i32::MAX, 3), Err(Fault::Index));
    }

    proptest! {
        #[test]
        fn search_agrees_with_the_naive_one(text in "[ab]{0,12}", needle in "[ab]{0,4}") {
            let (units, small) = (from_str(&text), from_str(&needle));
            prop_assert_eq!(index_of(&units, &small, 0), text.find(&needle).map_or(-1, |i| i as i32));
            let last = last_index_of(&units, &small, i32::MAX);
            prop_assert_eq!(last, text.rfind(&needle).map_or(-1, |i| i as i32));
        }

        #[test]
        fn search_is_the_same_in_bytes(
            text in "[ab]{0,12}", needle in "[ab]{0,4}", start in -2i32..14,
        ) {
            let (units, small) = (from_str(&text), from_str(&needle));
            let (text, needle) = (text.as_bytes(), needle.as_bytes());
            let first = index_of(&units, &small, start);
            prop_assert_eq!(first, index_of_bytes(text, needle, start));
            let last = last_index_of(&units, &small, start);
            prop_assert_eq!(last, last_index_of_bytes(text, needle, start));
        }
    }
}
