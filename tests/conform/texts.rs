//! Strings and characters: sequences of UTF-16 units in the plainest form. Letter case is that of the
//! standard library of Rust, categories are those of a library of regular expressions.

use crate::charge::Charge;
use crate::datum::Datum;
use crate::edges;
use crate::numerals;
use crate::objects::{bad_range, indices, range_of};
use crate::trial::{End, Trial, detailed, stored_bytes};
use fscc_tests::random::Random;
use fvm_isa::{Kind, Opcode, TrapCode, builtin};
use num_bigint::BigUint;
use regex_syntax::hir::{Class, HirKind};

const NULL_POINTER: End = End::Trap(TrapCode::NULL_POINTER, None);

/// Strings: empty, short and long, of one byte and of two, with surrogates in pairs and alone.
fn strings() -> Vec<Vec<u16>> {
    let mut all: Vec<Vec<u16>> = [
        "",
        "a",
        "b",
        "ab",
        "aab",
        "abab",
        "abcab",
        "é",
        "\u{ff}",
        "\u{100}",
        "Ж",
        "aЖ",
        "😀",
        "a😀b😀",
        "0123456789abcdef",
        "0123456789abcdefg",
        "straße",
        "ΑΣ ΑΣΑ Σ",
        "İi",
    ]
    .iter()
    .map(|text| text.encode_utf16().collect())
    .collect();
    // Long ones that differ late, and in which something is found late.
    for (letter, length) in [('a', 33), ('a', 70), ('Ж', 70)] {
        for at in [None, Some(5), Some(32), Some(length - 1)] {
            let letters = (0..length).map(|place| if at == Some(place) { 'b' } else { letter });
            all.push(letters.collect::<String>().encode_utf16().collect());
        }
    }
    all.extend([vec![0xd800], vec![0xdc00, 0x61], vec![0x61, 0xd83d], vec![0xde00, 0xd83d]]);
    all
}

/// First place of one string in another, looking from a place on.
fn index_of(text: &[u16], needle: &[u16], start: i32) -> i32 {
    let start = (start.max(0) as usize).min(text.len());
    let places = start..=text.len();
    let found = places.into_iter().find(|at| text[*at..].starts_with(needle));
    found.map_or(-1, |at| at as i32)
}

/// Last place of one string in another that is at most `start`.
fn last_index_of(text: &[u16], needle: &[u16], start: i32) -> i32 {
    let Ok(start) = usize::try_from(start) else { return -1 };
    let found = (0..=start.min(text.len())).rev().find(|at| text[*at..].starts_with(needle));
    found.map_or(-1, |at| at as i32)
}

/// As `compareTo`.
fn compare(a: &[u16], b: &[u16]) -> i32 {
    let differing = (0..a.len().min(b.len())).find(|at| a[*at] != b[*at]);
    match differing {
        Some(at) => i32::from(a[at]) - i32::from(b[at]),
        None => a.len() as i32 - b.len() as i32,
    }
}

/// Changes the case of a text between its lone surrogates, which stay.
fn change_case(units: &[u16], change: fn(&str) -> String) -> Vec<u16> {
    let (mut out, mut pending) = (Vec::new(), String::new());
    for piece in char::decode_utf16(units.iter().copied()) {
        match piece {
            Ok(c) => pending.push(c),
            Err(lone) => {
                out.extend(change(&std::mem::take(&mut pending)).encode_utf16());
                out.push(lone.unpaired_surrogate());
            }
        }
    }
    out.extend(change(&pending).encode_utf16());
    out
}

/// A new string, with the price of its place.
fn new_text(units: Vec<u16>, mut charges: Vec<Charge>) -> (End, Vec<Charge>) {
    charges.push(Charge::Allocate(stored_bytes(&units)));
    (End::Value(Datum::Text(units)), charges)
}

fn number(value: i32) -> End {
    End::Value(Datum::I32(value))
}

/// Trials of instructions on one string.
pub fn of_one(opcode: Opcode, _: &mut Random) -> Vec<Trial> {
    let mut trials = vec![Trial::new(opcode, vec![Datum::Null], NULL_POINTER)];
    for units in strings() {
        let size = stored_bytes(&units);
        let (end, charges) = match opcode {
            Opcode::StringLength => (number(units.len() as i32), Vec::new()),
            Opcode::StringToUtf8 => match String::from_utf16(&units) {
                Ok(text) => {
                    let charges = vec![Charge::Convert(size), Charge::Allocate(text.len())];
                    (End::Value(Datum::Bytes(text.into_bytes())), charges)
                }
                Err(_) => {
                    let end = End::Trap(TrapCode::MALFORMED_TEXT, None);
                    (end, vec![Charge::Convert(size)])
                }
            },
            _ => {
                let change = match opcode {
                    Opcode::StringToUpper => str::to_uppercase,
                    _ => str::to_lowercase,
                };
                let price = vec![Charge::LetterCase(units.len())];
                new_text(change_case(&units, change), price)
            }
        };
        trials.push(Trial::new(opcode, vec![Datum::Text(units)], end).costing(charges));
    }
    trials
}

/// Trials of instructions on two strings.
pub fn of_two(opcode: Opcode, _: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut all: Vec<Option<Vec<u16>>> = strings().into_iter().map(Some).collect();
    all.push(None);
    let datum = |text: &Option<Vec<u16>>| text.clone().map_or(Datum::Null, Datum::Text);
    for a in &all {
        for b in &all {
            let operands = vec![datum(a), datum(b)];
            let starts = match opcode {
                Opcode::StringIndexOf | Opcode::StringLastIndexOf => {
                    vec![0, 1, 2, 4, -1, i32::MAX]
                }
                _ => vec![0],
            };
            for start in starts {
                let mut operands = operands.clone();
                if matches!(opcode, Opcode::StringIndexOf | Opcode::StringLastIndexOf) {
                    operands.push(Datum::I32(start));
                }
                let (end, charges) = of_pair(opcode, a.as_deref(), b.as_deref(), start);
                trials.push(Trial::new(opcode, operands, end).costing(charges));
            }
        }
    }
    trials
}

fn of_pair(opcode: Opcode, a: Option<&[u16]>, b: Option<&[u16]>, start: i32) -> (End, Vec<Charge>) {
    let (Some(x), Some(y)) = (a, b) else {
        return match opcode {
            Opcode::StringEq => (number((a == b).into()), Vec::new()),
            _ => (NULL_POINTER, Vec::new()),
        };
    };
    let (left, right) = (stored_bytes(x), stored_bytes(y));
    match opcode {
        // One constant is one object.
        Opcode::StringEq if x == y => (number(1), Vec::new()),
        Opcode::StringEq => {
            let is_alike = x.len() == y.len() && left == right;
            (number(0), if is_alike { vec![Charge::Compare(left)] } else { Vec::new() })
        }
        Opcode::StringCompare => {
            (number(compare(x, y)), vec![Charge::Compare(x.len().min(y.len()) * 2)])
        }
        Opcode::StringIndexOf => {
            (number(index_of(x, y, start)), vec![Charge::Search(left + right)])
        }
        Opcode::StringLastIndexOf => {
            (number(last_index_of(x, y, start)), vec![Charge::Search(left + right)])
        }
        _ => {
            let joined = [x, y].concat();
            if x.is_empty() || y.is_empty() {
                return (End::Value(Datum::Text(joined)), Vec::new());
            }
            let bytes = stored_bytes(&joined);
            new_text(joined, vec![Charge::Copy(bytes)])
        }
    }
}

/// Trials of `string.char_at` and `string.substring`.
pub fn parts(opcode: Opcode, _: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for units in strings() {
        let text = Datum::Text(units.clone());
        for index in indices(units.len()) {
            if opcode == Opcode::StringCharAt {
                let at = usize::try_from(index).ok().and_then(|at| units.get(at));
                let (end, charges) = match at {
                    Some(unit) => (number(i32::from(*unit)), Vec::new()),
                    None => {
                        let text = format!("String index out of range: {index}");
                        let (end, charge) = detailed(TrapCode::INDEX_OUT_OF_BOUNDS, text);
                        (end, vec![charge])
                    }
                };
                let operands = vec![text.clone(), Datum::I32(index)];
                trials.push(Trial::new(opcode, operands, end).costing(charges));
                let operands = vec![Datum::Null, Datum::I32(index)];
                trials.push(Trial::new(opcode, operands, NULL_POINTER));
                continue;
            }
            for end in indices(units.len()) {
                let operands = |text: Datum| vec![text, Datum::I32(index), Datum::I32(end)];
                let (ends, charges) = match slice_range(index, end, units.len()) {
                    Err(text) => bad_range(text),
                    Ok(range) if range.len() == units.len() => {
                        (End::Value(text.clone()), Vec::new())
                    }
                    Ok(range) => {
                        let width = if stored_bytes(&units) > units.len() { 2 } else { 1 };
                        let copied = vec![Charge::Copy(range.len() * width)];
                        new_text(units[range].to_vec(), copied)
                    }
                };
                trials.push(Trial::new(opcode, operands(text.clone()), ends).costing(charges));
                if index == 0 {
                    trials.push(Trial::new(opcode, operands(Datum::Null), NULL_POINTER));
                }
            }
        }
    }
    trials
}

/// A range from a start to an end, or what its trap says.
pub fn slice_range(start: i32, end: i32, length: usize) -> Result<std::ops::Range<usize>, String> {
    match 0 <= start && start <= end && end as i64 <= length as i64 {
        true => Ok(start as usize..end as usize),
        false => Err(format!("begin {start}, end {end}, length {length}")),
    }
}

fn char_array(units: &[u16]) -> Datum {
    let elements = units.iter().map(|unit| Datum::I32((*unit).into())).collect();
    Datum::Array(builtin::ARRAY_CHAR, elements)
}

/// Trials of `string.from_chars` and `string.copy_chars`.
pub fn chars(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for units in strings() {
        let length = units.len() + random.below(4);
        let before = crate::objects::array(builtin::ARRAY_CHAR, length, random);
        for start in indices(units.len()) {
            if opcode == Opcode::StringFromChars {
                for count in [0, 1, 2, -1, units.len() as i32, i32::MAX] {
                    let numbers = [Datum::I32(start), Datum::I32(count)];
                    let operands = |array: Datum| [vec![array], numbers.to_vec()].concat();
                    let (end, charges) = match range_of(start, count, units.len()) {
                        Err(text) => bad_range(text),
                        Ok(range) => {
                            let copied = vec![Charge::Copy(range.len() * 2)];
                            new_text(units[range].to_vec(), copied)
                        }
                    };
                    let trial = Trial::new(opcode, operands(char_array(&units)), end);
                    trials.push(trial.costing(charges));
                    if start == 0 {
                        trials.push(Trial::new(opcode, operands(Datum::Null), NULL_POINTER));
                    }
                }
                continue;
            }
            let (count, text) = (units.len() as i32, Datum::Text(units.clone()));
            let operands = vec![text.clone(), before.clone(), Datum::I32(start)];
            trials.push(match range_of(start, count, length) {
                Err(text) => {
                    let (end, charges) = bad_range(text);
                    Trial::new(opcode, operands, end).costing(charges)
                }
                Ok(range) => {
                    let Datum::Array(class, mut elements) = before.clone() else { continue };
                    for (at, unit) in range.zip(&units) {
                        elements[at] = Datum::I32((*unit).into());
                    }
                    let trial = Trial::new(opcode, operands, End::Done);
                    let trial = trial.costing(vec![Charge::Copy(units.len() * 2)]);
                    trial.changing(1, Datum::Array(class, elements))
                }
            });
            for operands in [
                vec![Datum::Null, before.clone(), Datum::I32(start)],
                vec![text, Datum::Null, Datum::I32(start)],
            ] {
                trials.push(Trial::new(opcode, operands, NULL_POINTER));
            }
        }
    }
    trials
}

/// Trials of numbers as text.
pub fn of_numbers(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let kind = match opcode {
        Opcode::StringFromBool => Kind::bool,
        Opcode::StringFromI64 => Kind::i64,
        Opcode::StringFromU128 => Kind::u128,
        Opcode::StringFromI128 => Kind::i128,
        Opcode::StringFromF64 | Opcode::StringFromF32 => Kind::f64,
        _ => Kind::i32,
    };
    let mut operands = edges::values(kind, random);
    if kind == Kind::f64 {
        // Powers of ten and of two, where the number of digits changes.
        let powers = (-30..30)
            .map(|power| numerals::decimal(crate::exact::DOUBLE, &BigUint::from(1u32), power));
        operands.extend(powers.map(Datum::F64));
        operands.extend((0..2047).step_by(41).map(|field| Datum::F64(field << 52)));
        operands
            .extend((0..255).step_by(11).map(|field| Datum::F64(crate::exact::widen(field << 23))));
    }
    let trial = |datum: Datum| {
        let units = match (&datum, opcode) {
            (Datum::I32(unit), Opcode::StringFromChar) => vec![*unit as u16],
            (Datum::I32(truth), Opcode::StringFromBool) => {
                let text = if *truth == 0 { "false" } else { "true" };
                text.encode_utf16().collect()
            }
            (Datum::F64(bits), Opcode::StringFromF32) => {
                numerals::single(*bits).encode_utf16().collect()
            }
            (Datum::F64(bits), _) => numerals::double(*bits).encode_utf16().collect(),
            (datum, _) => crate::integers::number(datum).to_string().encode_utf16().collect(),
        };
        let (end, charges) = new_text(units, Vec::new());
        Trial::new(opcode, vec![datum], end).costing(charges)
    };
    operands.into_iter().map(trial).collect()
}

/// Trials of `string.to_f64`.
pub fn to_double(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = vec![Trial::new(opcode, vec![Datum::Null], NULL_POINTER)];
    let mut add = |text: &str, bits: Option<u64>| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut charges = vec![Charge::Convert(stored_bytes(&units))];
        let end = match bits {
            Some(bits) => End::Value(Datum::F64(bits)),
            None => {
                let is_blank = text.chars().all(|c| c <= ' ');
                let detail = match is_blank {
                    true => "empty String".to_string(),
                    false => format!("For input string: \"{text}\""),
                };
                let (end, charge) = detailed(TrapCode::NUMBER_FORMAT, detail);
                charges.push(charge);
                end
            }
        };
        trials.push(Trial::new(opcode, vec![Datum::Text(units)], end).costing(charges));
    };
    for text in [
        "", " ", "\t\n", "-", "+", ".", "e", "1e", "1e+", "e1", "--1", "1.2.3", "1 2", "0x", "0x1",
        "0x1p", "0xp1", "x", "nan", "NaNs", "infinity", "Inf", "1f1", "1ff", "1_000", "١", "1é",
        "Ж", "1e1.5", "0x1.p", "1l", ".e1", "NaN d",
    ] {
        add(text, None);
    }
    for (text, bits) in [
        ("NaN", crate::exact::NAN),
        ("-NaN", crate::exact::NAN),
        ("Infinity", f64::INFINITY.to_bits()),
        ("-Infinity", f64::NEG_INFINITY.to_bits()),
        (" +Infinity\n", f64::INFINITY.to_bits()),
        ("0", 0),
        ("-0", 1 << 63),
        ("-0.0e-400", 1 << 63),
        ("1e400", f64::INFINITY.to_bits()),
        ("1e-400", 0),
        ("0x1p0", f64::to_bits(1.0)),
        ("0x1.8p1", f64::to_bits(3.0)),
        ("-0X.8P-1d", f64::to_bits(-0.25)),
        ("0x1.fffffffffffff8p1023", f64::INFINITY.to_bits()),
        ("0x1.fffffffffffff7p1023", f64::MAX.to_bits()),
        ("0x0.00000000000008p-1022", 0),
        ("0x0.00000000000008000001p-1022", 1),
        ("0x1.00000000000008p0", f64::to_bits(1.0)),
        ("0x1.000000000000081p0", 0x3ff0_0000_0000_0001),
    ] {
        add(text, Some(bits));
    }
    for _ in 0..60 {
        // Digits with a point among them, and an exponent that keeps the number near the edges.
        let count = 1 + random.below(25);
        let digits: String =
            (0..count).map(|_| char::from(b'0' + random.below(10) as u8)).collect();
        let point = random.below(count + 1);
        let near = [0, 5, 20, 300, 308, 324, 330];
        let mut exponent = near[random.below(near.len())];
        if random.below(2) == 0 {
            exponent = -exponent;
        }
        let negative = random.below(2) == 0;
        let sign = if negative { "-" } else { ["", "+"][random.below(2)] };
        let suffix = ["", "d", "F", " "][random.below(4)];
        let (whole, fraction) = digits.split_at(point);
        let text = format!("{sign}{whole}.{fraction}e{exponent}{suffix}");
        let number: BigUint = digits.parse().expect("digits");
        let step = exponent - fraction.len() as i64;
        let bits = numerals::decimal(crate::exact::DOUBLE, &number, step);
        add(&text, Some(bits | u64::from(negative) << 63));
    }
    trials
}

/// Trials of `string.from_utf8`.
pub fn from_utf8(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut all: Vec<Vec<u8>> = strings()
        .iter()
        .filter_map(|s| String::from_utf16(s).ok())
        .map(String::into_bytes)
        .collect();
    for hex in [
        "80", "c0", "c080", "c1bf", "c2", "e08080", "e0a0", "ed9fbf", "eda080", "edbfbf", "ee8080",
        "f0808080", "f0908080", "f48fbfbf", "f4908080", "f8808080", "ff", "efbfbd", "61ff", "c3a9",
        "e28282c0",
    ] {
        let digits = hex.as_bytes().chunks(2).map(|two| std::str::from_utf8(two).unwrap_or("0"));
        all.push(digits.map(|two| u8::from_str_radix(two, 16).unwrap_or(0)).collect());
    }
    all.extend((0..40).map(|_| (0..random.below(6)).map(|_| random.bits() as u8).collect()));
    let mut trials = vec![Trial::new(opcode, vec![Datum::Null], NULL_POINTER)];
    for bytes in all {
        let price = Charge::Convert(bytes.len());
        let (end, charges) = match decode(&bytes) {
            Some(units) => new_text(units, vec![price]),
            None => (End::Trap(TrapCode::MALFORMED_TEXT, None), vec![price]),
        };
        trials.push(Trial::new(opcode, vec![Datum::Bytes(bytes)], end).costing(charges));
    }
    trials
}

/// UTF-8 by its table: first bytes say how many follow, and the shortest form is the only one.
fn decode(bytes: &[u8]) -> Option<Vec<u16>> {
    let mut units = Vec::new();
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let (count, bits, least) = match first {
            0..=0x7f => (0, u32::from(*first), 0),
            0xc0..=0xdf => (1, u32::from(*first & 0x1f), 0x80),
            0xe0..=0xef => (2, u32::from(*first & 0x0f), 0x800),
            0xf0..=0xf7 => (3, u32::from(*first & 0x07), 0x1_0000),
            _ => return None,
        };
        let (more, others) = after.split_at_checked(count)?;
        if more.iter().any(|byte| byte >> 6 != 2) {
            return None;
        }
        let code = more.iter().fold(bits, |code, byte| code << 6 | u32::from(byte & 0x3f));
        if code < least || code > 0x10_ffff || (0xd800..0xe000).contains(&code) {
            return None;
        }
        match code {
            0..0x1_0000 => units.push(code as u16),
            _ => {
                let code = code - 0x1_0000;
                units.extend([0xd800 + (code >> 10) as u16, 0xdc00 + (code & 0x3ff) as u16]);
            }
        }
        rest = others;
    }
    Some(units)
}

/// The names of general categories with their numbers in Java.
const CATEGORIES: &[(&str, i32)] = &[
    ("Lu", 1),
    ("Ll", 2),
    ("Lt", 3),
    ("Lm", 4),
    ("Lo", 5),
    ("Mn", 6),
    ("Me", 7),
    ("Mc", 8),
    ("Nd", 9),
    ("Nl", 10),
    ("No", 11),
    ("Zs", 12),
    ("Zl", 13),
    ("Zp", 14),
    ("Cc", 15),
    ("Cf", 16),
    ("Co", 18),
    ("Pd", 20),
    ("Ps", 21),
    ("Pe", 22),
    ("Pc", 23),
    ("Po", 24),
    ("Sm", 25),
    ("Sc", 26),
    ("Sk", 27),
    ("So", 28),
    ("Pi", 29),
    ("Pf", 30),
];

/// The ranges of a general category.
fn ranges(name: &str) -> Vec<(u32, u32)> {
    let hir = regex_syntax::parse(&format!("\\p{{{name}}}")).expect("there is such a category");
    match hir.into_kind() {
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().map(|range| (range.start() as u32, range.end() as u32)).collect()
        }
        // A category of one character.
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0).into_owned();
            text.chars().map(|c| (c as u32, c as u32)).collect()
        }
        _ => Vec::new(),
    }
}

/// Every range of characters of one category.
fn categories() -> Vec<(u32, u32, i32)> {
    let of = |(name, number): &(&str, i32)| {
        let number = *number;
        ranges(name).into_iter().map(move |(first, last)| (first, last, number))
    };
    let mut all: Vec<(u32, u32, i32)> = CATEGORIES.iter().flat_map(of).collect();
    all.push((0xd800, 0xdfff, 19));
    all.sort_unstable();
    all
}

/// Trials of instructions on characters.
pub fn characters(opcode: Opcode, _: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut add = |code: i32, to: i32| {
        trials.push(Trial::new(opcode, vec![Datum::I32(code)], End::Value(Datum::I32(to))));
    };
    let outside = [-1, i32::MIN, i32::MAX, 0x11_0000, 0x11_0041];
    if opcode == Opcode::CharCategory {
        let mut next = 0;
        for (first, last, number) in categories() {
            if next < first {
                // Nobody's.
                add(next as i32, 0);
                add(first as i32 - 1, 0);
            }
            for code in [first, last, (first + last) / 2] {
                add(code as i32, number);
            }
            next = last + 1;
        }
        outside.into_iter().for_each(|code| add(code, 0));
        return trials;
    }
    outside.into_iter().for_each(|code| add(code, code));
    // Letters of a later Unicode have another case only there.
    let categories = categories();
    let is_assigned = |code: u32| {
        let after = categories.partition_point(|range| range.0 <= code);
        after > 0 && code <= categories[after - 1].1
    };
    for (first, last, _) in &categories {
        for code in *first..=*last {
            let Some(c) = char::from_u32(code) else { continue };
            let mut changed: Vec<char> = match opcode {
                Opcode::CharToUpper => c.to_uppercase().collect(),
                _ => c.to_lowercase().collect(),
            };
            if let (Some(to), true) = (changed.pop(), changed.is_empty())
                && (to != c || code % 97 == 0)
                && is_assigned(to as u32)
            {
                add(code as i32, to as i32);
            }
        }
    }
    trials
}
