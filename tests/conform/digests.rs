//! Cryptographic hashes, written down once more from their standards: FIPS 180-4, Keccak as Ethereum
//! pads it, and the paper on BLAKE3.

use crate::charge::Charge;
use crate::datum::Datum;
use crate::trial::{End, Trial};
use fscc_tests::random::Random;
use fvm_isa::{Opcode, TrapCode};
use std::sync::OnceLock;

/// The first bits of the fractional part of roots of primes are what SHA-256 is made of.
fn root_bits(prime: u64, is_cube: bool) -> u32 {
    // The root of `prime * 2^(32 * n)`, n the degree, has 32 bits behind the point.
    let (number, degree) = if is_cube { (96u32, 3) } else { (64, 2) };
    let scaled = num_bigint::BigUint::from(prime) << number;
    let root = scaled.nth_root(degree);
    (root % (num_bigint::BigUint::from(1u32) << 32u32)).try_into().expect("32 bits")
}

fn primes(count: usize) -> Vec<u64> {
    let is_prime = |n: &u64| (2..*n).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    (2..).filter(is_prime).take(count).collect()
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    let primes = primes(64);
    let k: Vec<u32> = primes.iter().map(|prime| root_bits(*prime, true)).collect();
    let mut h: Vec<u32> = primes[..8].iter().map(|prime| root_bits(*prime, false)).collect();
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in message.chunks(64) {
        let word = |four: &[u8]| u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
        let mut w: Vec<u32> = block.chunks(4).map(word).collect();
        for t in 16..64 {
            let s0 = w[t - 15].rotate_right(7) ^ w[t - 15].rotate_right(18) ^ w[t - 15] >> 3;
            let s1 = w[t - 2].rotate_right(17) ^ w[t - 2].rotate_right(19) ^ w[t - 2] >> 10;
            w.push(w[t - 16].wrapping_add(s0).wrapping_add(w[t - 7]).wrapping_add(s1));
        }
        let mut v = h.clone();
        for t in 0..64 {
            let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = v[4] & v[5] ^ !v[4] & v[6];
            let first =
                [v[7], s1, choice, k[t], w[t]].into_iter().fold(0u32, |a, b| a.wrapping_add(b));
            let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2];
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(first);
            v[0] = first.wrapping_add(s0).wrapping_add(majority);
        }
        h.iter_mut().zip(v).for_each(|(h, v)| *h = h.wrapping_add(v));
    }
    h.iter().flat_map(|word| word.to_be_bytes()).collect()
}

pub fn keccak256(bytes: &[u8]) -> Vec<u8> {
    const RATE: usize = 136;
    let mut message = bytes.to_vec();
    message.push(1);
    message.resize(message.len().next_multiple_of(RATE), 0);
    if let Some(last) = message.last_mut() {
        *last |= 0x80;
    }
    let mut state = [[0u64; 5]; 5];
    for block in message.chunks(RATE) {
        for (at, lane) in block.chunks(8).enumerate() {
            let lane = lane.iter().rev().fold(0, |lane, byte| lane << 8 | u64::from(*byte));
            state[at % 5][at / 5] ^= lane;
        }
        permute(&mut state);
    }
    (0..4).flat_map(|x| state[x][0].to_le_bytes()).collect()
}

/// Keccak-f[1600]; `state[x][y]` is a lane.
fn permute(state: &mut [[u64; 5]; 5]) {
    let mut register = 1u8;
    for _ in 0..24 {
        let columns: Vec<u64> =
            state.iter().map(|column| column.iter().fold(0, |a, b| a ^ b)).collect();
        for x in 0..5 {
            let change = columns[(x + 4) % 5] ^ columns[(x + 1) % 5].rotate_left(1);
            state[x].iter_mut().for_each(|lane| *lane ^= change);
        }
        let mut moved = [[0u64; 5]; 5];
        moved[0][0] = state[0][0];
        let (mut x, mut y) = (1, 0);
        for t in 0..24u32 {
            let (next_x, next_y) = (y, (2 * x + 3 * y) % 5);
            moved[next_x][next_y] = state[x][y].rotate_left((t + 1) * (t + 2) / 2 % 64);
            (x, y) = (next_x, next_y);
        }
        for x in 0..5 {
            for y in 0..5 {
                state[x][y] = moved[x][y] ^ !moved[(x + 1) % 5][y] & moved[(x + 2) % 5][y];
            }
        }
        // Bits of the round's constant come out of a shift register.
        for j in 0..7 {
            state[0][0] ^= u64::from(register & 1) << ((1u32 << j) - 1);
            register = register << 1 ^ if register >> 7 == 1 { 0x71 } else { 0 };
        }
    }
}

/// The starting values of BLAKE3 are those of SHA-256.
fn start() -> &'static [u32] {
    static START: OnceLock<Vec<u32>> = OnceLock::new();
    START.get_or_init(|| primes(8).iter().map(|prime| root_bits(*prime, false)).collect())
}

/// BLAKE3's compression: the first eight words of what comes out.
fn compress(chaining: &[u32], block: &[u8], counter: u64, length: u32, flags: u32) -> Vec<u32> {
    const ORDER: [usize; 16] = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
    let mut padded = block.to_vec();
    padded.resize(64, 0);
    let word = |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    let mut m: Vec<u32> = padded.chunks(4).map(word).collect();
    let tail = [counter as u32, (counter >> 32) as u32, length, flags];
    let mut v = [chaining, &start()[..4], &tail].concat();
    for _ in 0..7 {
        for (at, [a, b, c, d]) in [
            [0, 4, 8, 12],
            [1, 5, 9, 13],
            [2, 6, 10, 14],
            [3, 7, 11, 15],
            [0, 5, 10, 15],
            [1, 6, 11, 12],
            [2, 7, 8, 13],
            [3, 4, 9, 14],
        ]
        .into_iter()
        .enumerate()
        {
            for (word, first, second) in [(m[2 * at], 16, 12), (m[2 * at + 1], 8, 7)] {
                v[a] = v[a].wrapping_add(v[b]).wrapping_add(word);
                v[d] = (v[d] ^ v[a]).rotate_right(first);
                v[c] = v[c].wrapping_add(v[d]);
                v[b] = (v[b] ^ v[c]).rotate_right(second);
            }
        }
        m = ORDER.map(|at| m[at]).to_vec();
    }
    (0..8).map(|at| v[at] ^ v[at + 8]).collect()
}

const CHUNK_START: u32 = 1;
const CHUNK_END: u32 = 2;
const PARENT: u32 = 4;
const ROOT: u32 = 8;

/// The chaining value of a tree over bytes; `root` marks its last compression.
fn tree(bytes: &[u8], counter: u64, root: u32) -> Vec<u32> {
    if bytes.len() <= 1024 {
        let mut blocks: Vec<&[u8]> = bytes.chunks(64).collect();
        if blocks.is_empty() {
            blocks.push(&[]);
        }
        let mut chaining = start().to_vec();
        for (at, block) in blocks.iter().enumerate() {
            let first = if at == 0 { CHUNK_START } else { 0 };
            let last = if at + 1 == blocks.len() { CHUNK_END | root } else { 0 };
            chaining = compress(&chaining, block, counter, block.len() as u32, first | last);
        }
        return chaining;
    }
    // The left side is the largest power of two of chunks that leaves something on the right.
    let chunks = bytes.len().div_ceil(1024);
    let left = chunks.next_power_of_two() / 2;
    let (before, after) = bytes.split_at(left * 1024);
    let sides = [tree(before, counter, 0), tree(after, counter + left as u64, 0)].concat();
    let block: Vec<u8> = sides.iter().flat_map(|word| word.to_le_bytes()).collect();
    compress(start(), &block, 0, 64, PARENT | root)
}

fn blake3(bytes: &[u8]) -> Vec<u8> {
    tree(bytes, 0, ROOT).iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Trials of hashes, of lengths around the sizes of blocks.
pub fn trials(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let hash = match opcode {
        Opcode::HashBlake3 => blake3,
        Opcode::HashSha256 => sha256,
        _ => keccak256,
    };
    let mut trials =
        vec![Trial::new(opcode, vec![Datum::Null], End::Trap(TrapCode::NULL_POINTER, None))];
    for length in [
        0, 1, 3, 31, 32, 55, 56, 63, 64, 65, 119, 120, 128, 135, 136, 137, 271, 272, 1023, 1024,
        1025, 2048, 2049, 3073, 5000,
    ] {
        let bytes: Vec<u8> = (0..length).map(|_| random.bits() as u8).collect();
        let end = End::Value(Datum::Bytes(hash(&bytes)));
        let charges = vec![Charge::Hash(length), Charge::Allocate(32)];
        trials.push(Trial::new(opcode, vec![Datum::Bytes(bytes)], end).costing(charges));
    }
    trials
}
