//! Signatures, written down once more from their standards with integers without bounds: RFC 8032
//! with the equation of ZIP-215, and ECDSA with recovery from SEC 1.

use crate::charge::Charge;
use crate::datum::Datum;
use crate::digests::keccak256;
use crate::trial::{End, Trial};
use fscc_tests::random::Random;
use fvm_isa::{Opcode, TrapCode};
use num_bigint::BigUint;

fn big(number: u64) -> BigUint {
    BigUint::from(number)
}

fn power_of_two(exponent: u32) -> BigUint {
    big(1) << exponent
}

/// `a - b` among the numbers below `modulus`, in which both are.
fn minus(a: &BigUint, b: &BigUint, modulus: &BigUint) -> BigUint {
    (a + modulus - b) % modulus
}

fn inverse(a: &BigUint, modulus: &BigUint) -> BigUint {
    a.modpow(&(modulus - big(2)), modulus)
}

/// SHA-512 by FIPS 180-4: as SHA-256, with longer words and other distances.
fn sha512(bytes: &[u8]) -> [u8; 64] {
    let is_prime = |n: &u64| (2..*n).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    let primes: Vec<u64> = (2..).filter(is_prime).take(80).collect();
    let root = |prime: u64, degree: u32| -> u64 {
        let root = (big(prime) << (64 * degree)).nth_root(degree);
        (root % power_of_two(64)).try_into().expect("64 bits")
    };
    let k: Vec<u64> = primes.iter().map(|prime| root(*prime, 3)).collect();
    let mut h: Vec<u64> = primes[..8].iter().map(|prime| root(*prime, 2)).collect();
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 128 != 112 {
        message.push(0);
    }
    message.extend((bytes.len() as u128 * 8).to_be_bytes());
    for block in message.chunks(128) {
        let mut w: Vec<u64> = block
            .chunks(8)
            .map(|eight| u64::from_be_bytes(eight.try_into().expect("eight bytes")))
            .collect();
        for t in 16..80 {
            let s0 = w[t - 15].rotate_right(1) ^ w[t - 15].rotate_right(8) ^ w[t - 15] >> 7;
            let s1 = w[t - 2].rotate_right(19) ^ w[t - 2].rotate_right(61) ^ w[t - 2] >> 6;
            w.push(w[t - 16].wrapping_add(s0).wrapping_add(w[t - 7]).wrapping_add(s1));
        }
        let mut v = h.clone();
        for t in 0..80 {
            let s1 = v[4].rotate_right(14) ^ v[4].rotate_right(18) ^ v[4].rotate_right(41);
            let choice = v[4] & v[5] ^ !v[4] & v[6];
            let one = [s1, choice, k[t], w[t]].iter().fold(v[7], |sum, x| sum.wrapping_add(*x));
            let s0 = v[0].rotate_right(28) ^ v[0].rotate_right(34) ^ v[0].rotate_right(39);
            let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2];
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(one);
            v[0] = one.wrapping_add(s0).wrapping_add(majority);
        }
        for (sum, x) in h.iter_mut().zip(v) {
            *sum = sum.wrapping_add(x);
        }
    }
    let bytes: Vec<u8> = h.iter().flat_map(|word| word.to_be_bytes()).collect();
    bytes.try_into().expect("64 bytes")
}

/// A point of the curve of ed25519: x, y and z stand for `x / z`, `y / z`.
type Edwards = [BigUint; 3];

/// The curve of ed25519: `y² - x² = 1 + d x² y²`.
struct Curve {
    p: BigUint,
    d: BigUint,
    order: BigUint,
    base: Edwards,
}

impl Curve {
    fn new() -> Curve {
        let p = power_of_two(255) - big(19);
        let d = minus(&big(0), &(big(121_665) * inverse(&big(121_666), &p) % &p), &p);
        let rest: BigUint = "27742317777372353535851937790883648493".parse().expect("a number");
        let mut curve = Curve { order: power_of_two(252) + rest, base: Default::default(), d, p };
        let y = big(4) * inverse(&big(5), &curve.p) % &curve.p;
        curve.base = curve.point(&y.to_bytes_le()).expect("the base lies on the curve");
        curve
    }

    /// The point that 32 bytes stand for: y, and in the last bit whether x is odd.
    fn point(&self, bytes: &[u8]) -> Option<Edwards> {
        let number = BigUint::from_bytes_le(bytes);
        let is_odd = number.bit(255);
        let y = (number % power_of_two(255)) % &self.p;
        let y2 = &y * &y % &self.p;
        let over = minus(&y2, &big(1), &self.p);
        let x2 = over * inverse(&((&self.d * &y2 + big(1)) % &self.p), &self.p) % &self.p;
        let mut x = x2.modpow(&((&self.p + big(3)) >> 3), &self.p);
        if &x * &x % &self.p != x2 {
            x = x * big(2).modpow(&((&self.p - big(1)) >> 2), &self.p) % &self.p;
        }
        if &x * &x % &self.p != x2 {
            return None;
        }
        if x.bit(0) != is_odd {
            x = minus(&big(0), &x, &self.p);
        }
        Some([x, y, big(1)])
    }

    fn bytes(&self, [x, y, z]: &Edwards) -> [u8; 32] {
        let z = inverse(z, &self.p);
        let (x, y) = (x * &z % &self.p, y * &z % &self.p);
        let mut bytes = [0; 32];
        let sign: BigUint = (x % big(2)) << 255u32;
        let digits = (y + sign).to_bytes_le();
        bytes[..digits.len()].copy_from_slice(&digits);
        bytes
    }

    fn add(&self, [x1, y1, z1]: &Edwards, [x2, y2, z2]: &Edwards) -> Edwards {
        let p = &self.p;
        let a = z1 * z2 % p;
        let b = &a * &a % p;
        let (c, d) = (x1 * x2 % p, y1 * y2 % p);
        let e = &self.d * &c % p * &d % p;
        let (f, g) = (minus(&b, &e, p), (b + e) % p);
        let cross = (x1 + y1) * (x2 + y2) % p;
        let cross = minus(&minus(&cross, &c, p), &d, p);
        [&a * &f % p * cross % p, &a * &g % p * (c + d) % p, f * g % p]
    }

    fn times(&self, number: &BigUint, point: &Edwards) -> Edwards {
        let mut sum = [big(0), big(1), big(1)];
        for bit in (0..number.bits()).rev() {
            sum = self.add(&sum, &sum);
            if number.bit(bit) {
                sum = self.add(&sum, point);
            }
        }
        sum
    }

    fn is_neutral(&self, [x, y, z]: &Edwards) -> bool {
        x % &self.p == big(0) && minus(y, z, &self.p) == big(0)
    }

    fn challenge(&self, r: &[u8], key: &[u8], message: &[u8]) -> BigUint {
        BigUint::from_bytes_le(&sha512(&[r, key, message].concat())) % &self.order
    }

    /// Whether `8 s B = 8 R + 8 k A`, with the rules for keys.
    fn verifies(&self, key: &[u8], signature: &[u8], message: &[u8]) -> bool {
        if key.len() != 32 || signature.len() != 64 {
            return false;
        }
        let y = BigUint::from_bytes_le(key) % power_of_two(255);
        let s = BigUint::from_bytes_le(&signature[32..]);
        if y >= self.p || s >= self.order {
            return false;
        }
        let (Some(a), Some(r)) = (self.point(key), self.point(&signature[..32])) else {
            return false;
        };
        if self.is_neutral(&self.times(&big(8), &a)) {
            return false;
        }
        let k = self.challenge(&signature[..32], key, message);
        let right = self.add(&r, &self.times(&k, &a));
        let right = self.times(&big(8), &right);
        let left = self.times(&(big(8) * s), &self.base);
        // Equal as fractions.
        let p = &self.p;
        (0..2).all(|at| &left[at] * &right[2] % p == &right[at] * &left[2] % p)
    }

    /// A key and a signature, both of which a point of small order may be added to.
    fn sign(&self, secret: u64, message: &[u8], odd: [Option<&Edwards>; 2]) -> [Vec<u8>; 2] {
        let (secret, nonce) = (big(secret) << 200, big(secret + 1) << 190);
        let with = |point: Edwards, odd: Option<&Edwards>| {
            self.bytes(&odd.map_or_else(|| point.clone(), |odd| self.add(&point, odd)))
        };
        let key = with(self.times(&secret, &self.base), odd[0]);
        let r = with(self.times(&nonce, &self.base), odd[1]);
        let s = (nonce + self.challenge(&r, &key, message) * secret) % &self.order;
        let mut number = s.to_bytes_le();
        number.resize(32, 0);
        [key.to_vec(), [r.to_vec(), number].concat()]
    }
}

/// Trials of the instruction for ed25519.
fn ed25519(random: &mut Random) -> Vec<Trial> {
    let curve = Curve::new();
    let mut cases: Vec<[Vec<u8>; 3]> = Vec::new();
    // A point of order eight: a multiple by the order of the group of one that is no multiple.
    let small = (2u8..)
        .filter_map(|y| curve.point(&[&[y][..], &[0; 31]].concat()))
        .map(|point| curve.times(&curve.order, &point))
        .find(|point| !curve.is_neutral(&curve.times(&big(4), point)))
        .expect("there is one");
    for (secret, length, odd) in [
        (1, 0, [None, None]),
        (2, 1, [None, None]),
        (3, 111, [None, None]),
        (4, 200, [None, None]),
        // Where the equation without the cofactor would say no.
        (5, 32, [None, Some(&small)]),
        (6, 32, [Some(&small), None]),
        (7, 32, [Some(&small), Some(&small)]),
    ] {
        let message: Vec<u8> = (0..length).map(|_| random.bits() as u8).collect();
        let [key, signature] = curve.sign(secret, &message, odd);
        assert!(curve.verifies(&key, &signature, &message), "the oracle takes what it signs");
        cases.push([key, signature, message]);
    }
    let [key, signature, message] = cases[3].clone();
    // A bit of each.
    for at in 0..3 {
        let mut changed = cases[3].clone();
        let bit = random.bits() as usize % (8 * changed[at].len());
        changed[at][bit / 8] ^= 1 << (bit % 8);
        cases.push(changed);
    }
    // The number beyond the order.
    let larger = BigUint::from_bytes_le(&signature[32..]) + &curve.order;
    let larger = [&signature[..32], &larger.to_bytes_le()].concat();
    cases.push([key.clone(), larger, message.clone()]);
    // Lengths.
    cases.push([key[..31].to_vec(), signature.clone(), message.clone()]);
    cases.push([key.clone(), [&signature[..], &[0]].concat(), message.clone()]);
    cases.push([Vec::new(), Vec::new(), Vec::new()]);
    // Keys that anybody can sign for, and one that is no point.
    let neutral = |at: u8| [&[at][..], &[0; 31]].concat();
    let forged = [neutral(1), vec![0; 32]].concat();
    for key in [neutral(0), neutral(1), curve.bytes(&small).to_vec(), neutral(2)] {
        cases.push([key, forged.clone(), message.clone()]);
    }
    // The same signature for a key that is a good one.
    cases.push([key, forged, message]);
    let trial = |[key, signature, message]: [Vec<u8>; 3]| {
        let answer = curve.verifies(&key, &signature, &message);
        let charges = vec![Charge::Hash(message.len())];
        let operands = [key, signature, message].map(Datum::Bytes).to_vec();
        let end = End::Value(Datum::I32(answer.into()));
        Trial::new(Opcode::VerifyEd25519, operands, end).costing(charges)
    };
    cases.into_iter().map(trial).collect()
}

/// A point of secp256k1, or the one at infinity.
type Weierstrass = Option<[BigUint; 2]>;

/// The curve of secp256k1: `y² = x³ + 7`.
struct Koblitz {
    p: BigUint,
    order: BigUint,
    base: [BigUint; 2],
}

impl Koblitz {
    fn new() -> Koblitz {
        let number = |digits: &[u8]| BigUint::parse_bytes(digits, 16).expect("hexadecimal");
        let x = number(b"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
        let order = number(b"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        let p = power_of_two(256) - power_of_two(32) - big(977);
        let mut curve = Koblitz { p, order, base: Default::default() };
        curve.base = curve.point(&x, false).expect("the base lies on the curve");
        curve
    }

    fn point(&self, x: &BigUint, is_odd: bool) -> Weierstrass {
        let square = (x * x % &self.p * x + big(7)) % &self.p;
        let y = square.modpow(&((&self.p + big(1)) >> 2), &self.p);
        if &y * &y % &self.p != square {
            return None;
        }
        let y = if y.bit(0) == is_odd { y } else { &self.p - y };
        Some([x.clone(), y])
    }

    fn add(&self, a: &Weierstrass, b: &Weierstrass) -> Weierstrass {
        let (Some([x1, y1]), Some([x2, y2])) = (a, b) else { return a.clone().or(b.clone()) };
        let p = &self.p;
        let slope = match (x1 == x2, y1 == y2) {
            (true, false) => return None,
            (true, true) => {
                (big(3) * x1 * x1 % p) * (big(2) * y1 % p).modinv(p).expect("y is not zero") % p
            }
            _ => minus(y2, y1, p) * minus(x2, x1, p).modinv(p).expect("x differs") % p,
        };
        let x = minus(&minus(&(&slope * &slope % p), x1, p), x2, p);
        let y = minus(&(slope * minus(x1, &x, p) % p), y1, p);
        Some([x, y])
    }

    fn times(&self, number: &BigUint, point: &Weierstrass) -> Weierstrass {
        let mut sum = None;
        for bit in (0..number.bits()).rev() {
            sum = self.add(&sum, &sum);
            if number.bit(bit) {
                sum = self.add(&sum, point);
            }
        }
        sum
    }

    /// The address of the key that signed, or nothing.
    fn recover(&self, signature: &[u8], hash: &[u8]) -> Vec<u8> {
        if signature.len() != 65 || hash.len() != 32 {
            return Vec::new();
        }
        let (r, s) = (&signature[..32], &signature[32..64]);
        let [r, s, z] = [r, s, hash].map(BigUint::from_bytes_be);
        let is_number = |number: &BigUint| *number > big(0) && *number < self.order;
        if !is_number(&r) || !is_number(&s) || big(2) * &s > self.order || signature[64] > 1 {
            return Vec::new();
        }
        let Some(point) = self.point(&r, signature[64] == 1) else { return Vec::new() };
        let n = &self.order;
        let inverse = inverse(&r, n);
        let u1 = minus(&big(0), &(z % n * &inverse % n), n);
        let u2 = s * inverse % n;
        let base = Some(self.base.clone());
        let key = self.add(&self.times(&u1, &base), &self.times(&u2, &Some(point)));
        key.map(address).unwrap_or_default()
    }

    /// A signature by this key with this nonce.
    fn sign(&self, secret: &BigUint, nonce: &BigUint, hash: &[u8]) -> Vec<u8> {
        let n = &self.order;
        let base = Some(self.base.clone());
        let [x, y] = self.times(nonce, &base).expect("a nonce below the order");
        let z = BigUint::from_bytes_be(hash);
        let s = (z + &x * secret) % n * inverse(nonce, n) % n;
        let is_high = big(2) * &s > *n;
        let s = if is_high { n - s } else { s };
        [number(&x), number(&s), vec![u8::from(y.bit(0) != is_high)]].concat()
    }
}

/// The 32 bytes of a number.
fn number(number: &BigUint) -> Vec<u8> {
    let digits = number.to_bytes_be();
    [vec![0; 32 - digits.len()], digits].concat()
}

fn address([x, y]: [BigUint; 2]) -> Vec<u8> {
    keccak256(&[number(&x), number(&y)].concat())[12..].to_vec()
}

/// Trials of the instruction for secp256k1.
fn secp256k1(random: &mut Random) -> Vec<Trial> {
    let curve = Koblitz::new();
    let mut bytes = |count: usize| -> Vec<u8> { (0..count).map(|_| random.bits() as u8).collect() };
    let mut cases: Vec<[Vec<u8>; 2]> = Vec::new();
    for _ in 0..3 {
        let [secret, nonce] = [bytes(31), bytes(31)].map(|b| BigUint::from_bytes_be(&b));
        let hash = bytes(32);
        let signature = curve.sign(&secret, &nonce, &hash);
        let base = Some(curve.base.clone());
        let key = curve.times(&secret, &base).expect("a secret below the order");
        assert_eq!(curve.recover(&signature, &hash), address(key), "the oracle knows its keys");
        cases.push([signature, hash]);
    }
    let [signature, hash] = cases[0].clone();
    let mut with = |at: usize, part: &[u8]| {
        let mut changed = signature.clone();
        changed[at..at + part.len()].copy_from_slice(part);
        cases.push([changed, hash.clone()]);
    };
    // The other key, other ids, and numbers at their bounds.
    with(64, &[signature[64] ^ 1]);
    with(64, &[2]);
    with(64, &[27]);
    let half = &curve.order >> 1;
    for at in [0, 32] {
        with(at, &[0; 32]);
        with(at, &number(&curve.order));
        with(at, &number(&big(5)));
        with(at, &number(&half));
        with(at, &number(&(&half + big(1))));
        with(at, &[0xff; 32]);
    }
    cases.push([signature.clone(), vec![0; 32]]);
    cases.push([signature.clone(), vec![0xff; 32]]);
    // Lengths.
    cases.push([signature[..64].to_vec(), hash.clone()]);
    cases.push([signature.clone(), hash[..31].to_vec()]);
    cases.push([Vec::new(), hash.clone()]);
    // No key at all: the point of the hash is the one of the signature.
    let mut same = number(&curve.base[0]);
    same.extend(number(&big(1)));
    same.push(u8::from(curve.base[1].bit(0)));
    cases.push([same, number(&big(1))]);
    let trial = |[signature, hash]: [Vec<u8>; 2]| {
        let address = curve.recover(&signature, &hash);
        let charges = vec![Charge::Allocate(address.len())];
        let operands = [signature, hash].map(Datum::Bytes).to_vec();
        let end = End::Value(Datum::Bytes(address));
        Trial::new(Opcode::RecoverSecp256k1, operands, end).costing(charges)
    };
    cases.into_iter().map(trial).collect()
}

/// Trials of signatures: right ones, wrong ones, and bytes that are none.
pub fn trials(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let (mut trials, count) = match opcode {
        Opcode::VerifyEd25519 => (ed25519(random), 3),
        _ => (secp256k1(random), 2),
    };
    for null in 0..count {
        let operand = |at| if at == null { Datum::Null } else { Datum::Bytes(vec![7; 32]) };
        let operands = (0..count).map(operand).collect();
        trials.push(Trial::new(opcode, operands, End::Trap(TrapCode::NULL_POINTER, None)));
    }
    trials
}
