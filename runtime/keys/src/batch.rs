//! Many signatures at once, of both kinds, with an answer for each.
//!
//! Signatures of ed25519 are checked together, [`CHUNK`] at a time, which costs half as much; a
//! chunk that fails is checked one by one, so that an attacker who mixes in wrong ones makes the
//! others of a chunk cost what they cost alone, and a bit more. By the rules of ZIP-215 the
//! answers are the same either way. The weights of the sum must be such that whoever makes the
//! signatures cannot choose them with the weights in mind: they come from a hash of all the
//! chunk's content, so that no randomness is needed.

use crate::address::Address;
use crate::ed25519;
use crate::encoding::Hash;
use crate::key::address_of_ed25519;
use crate::signature::{Ed25519Signature, Signature, SignatureError};
use ed25519_zebra::batch::Verifier;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

/// A signature, and the hash of which it should be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// The signature.
    pub signature: Signature,
    /// What it should sign.
    pub hash: Hash,
}

/// Who signed, or why nobody did.
pub type Signer = Result<Address, SignatureError>;

/// How many are checked together. More is hardly faster, and one wrong one spoils more.
pub const CHUNK: usize = 64;

/// Who signed each of these, in their order: what [`Signature::signer`] says for each alone.
pub fn verify_batch(checks: &[Check]) -> Vec<Signer> {
    checks.chunks(CHUNK).flat_map(verify_chunk).collect()
}

/// The same, with the work shared out: `share` calls what it is given once with each number below
/// its count, on any threads and in any order, and comes back when all is done.
pub fn verify_shared(
    checks: &[Check],
    share: impl FnOnce(usize, &(dyn Fn(usize) + Sync)),
) -> Vec<Signer> {
    let chunks: Vec<&[Check]> = checks.chunks(CHUNK).collect();
    // A lock of its own for each chunk: nobody waits, but the compiler has to know.
    let answers: Vec<Mutex<Vec<Signer>>> = chunks.iter().map(|_| Mutex::default()).collect();
    share(chunks.len(), &|number| {
        let answer = verify_chunk(chunks[number]);
        *answers[number].lock().unwrap_or_else(PoisonError::into_inner) = answer;
    });
    let answers = answers.into_iter().map(|answer| answer.into_inner());
    answers.flat_map(|answer| answer.unwrap_or_else(PoisonError::into_inner)).collect()
}

/// The answers for one chunk.
fn verify_chunk(checks: &[Check]) -> Vec<Signer> {
    // Fewer than two gain nothing together.
    let together = checks.iter().filter_map(of_ed25519).count() > 1 && are_all_right(checks);
    let answer = |check: &Check| match of_ed25519(check) {
        Some(signature) if together => Ok(address_of_ed25519(signature.key())),
        _ => check.signature.signer(&check.hash),
    };
    checks.iter().map(answer).collect()
}

fn of_ed25519(check: &Check) -> Option<&Ed25519Signature> {
    match &check.signature {
        Signature::Ed25519(signature) => Some(signature),
        Signature::Secp256k1(_) => None,
    }
}

/// Whether all signatures of ed25519 among these are right.
fn are_all_right(checks: &[Check]) -> bool {
    let mut weights = blake3::Hasher::new();
    weights.update(b"fvm/batch/1");
    let mut verifier = Verifier::new();
    for check in checks {
        let Some(signature) = of_ed25519(check) else { continue };
        // All of one length, so that nothing can move from one to the next.
        weights.update(signature.key().bytes());
        weights.update(signature.bytes());
        weights.update(&check.hash);
        verifier.queue(ed25519::item(signature.key().bytes(), signature.bytes(), &check.hash));
    }
    verifier.verify(Weights(weights.finalize_xof())).is_ok()
}

/// Bytes that follow from a hash, for whoever wants a source of random ones.
struct Weights(blake3::OutputReader);

impl rand_core::TryRng for Weights {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Weights {}
