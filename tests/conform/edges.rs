//! Values at which something may go wrong, and some from anywhere.

use crate::datum::Datum;
use fscc_tests::random::Random;
use fvm_isa::{Kind, Operand};
use num_bigint::BigInt;

/// How many values from anywhere stand beside the edges.
fn random_values() -> usize {
    let wanted = std::env::var("FVM_CONFORM_VALUES").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(4)
}

/// Whether a pair of this number is among those that every run takes; a longer one takes all.
pub fn is_sampled(number: usize) -> bool {
    number.is_multiple_of(4) || random_values() > 4
}

/// The edges of numbers with so many bits, as patterns.
fn patterns(bits: u32, random: &mut Random) -> Vec<u128> {
    let mask = u128::MAX >> (128 - bits);
    let mut found = vec![0, 1, 2, 3, 7, 10, 1_000_003];
    for exponent in [7, 8, 15, 16, 31, 32, 63, 64, 127] {
        if exponent < bits {
            let power = 1u128 << exponent;
            found.extend([power - 1, power, power + 1]);
        }
    }
    found.push(mask / 3);
    let negative: Vec<u128> = found.iter().take(18).map(|a| a.wrapping_neg() & mask).collect();
    found.extend(negative);
    for _ in 0..random_values() {
        let wide = u128::from(random.bits()) << 64 | u128::from(random.bits());
        found.push((wide & mask) >> random.below(bits as usize));
    }
    let mut unique = Vec::new();
    for pattern in found.into_iter().map(|pattern| pattern & mask) {
        if !unique.contains(&pattern) {
            unique.push(pattern);
        }
    }
    unique
}

/// The bits of doubles.
pub fn doubles(random: &mut Random) -> Vec<u64> {
    let mut found: Vec<u64> = [
        0.0,
        1.0,
        0.5,
        1.5,
        2.0,
        2.5,
        3.0,
        10.0,
        0.1,
        1e-3,
        1e7,
        1e22,
        1e23,
        123_456_789.123,
        f64::INFINITY,
        f64::MAX,
        f64::MIN_POSITIVE,
        f64::EPSILON,
        f64::from(f32::MAX),
        f64::from(f32::MIN_POSITIVE),
        1.401_298_464_324_817e-45,
        7e-46,
        3.402_823_6e38,
        2_147_483_647.0,
        2_147_483_648.5,
        4_503_599_627_370_495.5,
        9_007_199_254_740_993.0,
        9_223_372_036_854_775_807.0,
        1e300,
        1e-300,
    ]
    .map(f64::to_bits)
    .to_vec();
    // The smallest, the largest below normal, and neighbours of one.
    found.extend([1, 2, 0x000f_ffff_ffff_ffff, 0x3fef_ffff_ffff_ffff, 0x3ff0_0000_0000_0001]);
    let negative: Vec<u64> = found.iter().map(|bits| bits | 1 << 63).collect();
    found.extend(negative);
    found.push(crate::exact::NAN);
    for _ in 0..random_values() * 2 {
        let bits = random.bits();
        let near = (bits & !(0x7ff << 52)) | (1023 - 4 + (bits >> 52 & 7)) << 52;
        let chosen = if random.below(2) == 0 { bits } else { near };
        found.push(crate::exact::canonical(chosen));
    }
    found
}

/// Values of a kind of register.
pub fn values(kind: Kind, random: &mut Random) -> Vec<Datum> {
    match kind {
        // Whatever is not 0 stands for true: the verifier knows no Booleans.
        Kind::bool => [0, 1, 2, -1, i32::MIN].map(Datum::I32).to_vec(),
        Kind::i32 => patterns(32, random).into_iter().map(|a| Datum::I32(a as i32)).collect(),
        Kind::i64 => patterns(64, random).into_iter().map(|a| Datum::I64(a as i64)).collect(),
        Kind::u128 => patterns(128, random).into_iter().map(Datum::U128).collect(),
        Kind::i128 => patterns(128, random).into_iter().map(|a| Datum::I128(a as i128)).collect(),
        Kind::f64 => doubles(random).into_iter().map(Datum::F64).collect(),
        other => panic!("no values of {other:?}"),
    }
}

/// Every combination of values; of three registers, fewer values of each.
pub fn crossed(kinds: &[Kind], random: &mut Random) -> Vec<Vec<Datum>> {
    let mut rows = vec![Vec::new()];
    for kind in kinds {
        let mut values = values(*kind, random);
        if kinds.len() > 2 {
            let step = values.len() / 14 + 1;
            let shift = random.below(step);
            values = values.into_iter().skip(shift).step_by(step).collect();
            values.extend(zero_one_max(*kind));
        }
        let extended = rows.iter().flat_map(|row: &Vec<Datum>| {
            values.iter().map(|value| row.iter().chain([value]).cloned().collect())
        });
        rows = extended.collect();
    }
    rows
}

fn zero_one_max(kind: Kind) -> Vec<Datum> {
    match kind {
        Kind::u128 => [0, 1, u128::MAX].map(Datum::U128).to_vec(),
        _ => Vec::new(),
    }
}

/// Immediates of a kind, as numbers and as operands.
pub fn immediates(kind: Kind, random: &mut Random) -> Vec<(BigInt, Operand)> {
    let with = |patterns: Vec<u128>, make: fn(u128) -> (BigInt, Operand)| {
        patterns.into_iter().map(make).collect::<Vec<_>>()
    };
    let small = vec![0, 1, 2, 3, 7, 31, 32, 33, 63, 64, 65, 127, 128, 129, 253, 254, 255];
    match kind {
        Kind::i8 => with(small, |a| (BigInt::from(a as i8), Operand::I8(a as i8))),
        Kind::i16 => {
            with(patterns(16, random), |a| (BigInt::from(a as i16), Operand::I16(a as i16)))
        }
        Kind::u16 => {
            with(patterns(16, random), |a| (BigInt::from(a as u16), Operand::U16(a as u16)))
        }
        Kind::i32 => {
            with(patterns(32, random), |a| (BigInt::from(a as i32), Operand::I32(a as i32)))
        }
        Kind::i64 => {
            with(patterns(64, random), |a| (BigInt::from(a as i64), Operand::I64(a as i64)))
        }
        Kind::u128 => with(patterns(128, random), |a| (BigInt::from(a), Operand::U128(a))),
        Kind::i128 => {
            with(patterns(128, random), |a| (BigInt::from(a as i128), Operand::I128(a as i128)))
        }
        other => panic!("no immediates of {other:?}"),
    }
}
