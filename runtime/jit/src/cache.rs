//! Machine code as bytes that can be kept: authenticated, and of use only where they were made.
//!
//! Bytes begin with an identity (of module, compiler and processor) and end with a keyed hash over
//! all before; whoever knows the key is trusted as the compiler is. Everything else is checked, so
//! what is not authentic is told apart from what is of another compiler.

use crate::generate::Machinery;
use crate::program::Program;
use fvm_isa::FunctionId;
use fvm_native::{Compiled, Refusal};
use fvm_vm::VerifiedModule;
use std::fmt;

/// Why kept bytes are not used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CacheError {
    /// They were not written by somebody who knows the key, or have changed since.
    NotAuthentic,
    /// They are of another module, compiler or processor.
    Other,
    /// There is no memory for the code.
    NoMemory,
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CacheError::NotAuthentic => "it is not authentic",
            CacheError::Other => "it is of another module, compiler or processor",
            CacheError::NoMemory => "there is no memory for the code",
        })
    }
}

/// What of the compiler is in this crate: whoever changes it changes what cached code means.
const SOURCES: [&str; 2] = [include_str!("emitter.rs"), include_str!("generate.rs")];

/// What code for a module by this compiler on this processor is known by.
pub fn identity(module: &VerifiedModule) -> Result<[u8; 32], Refusal> {
    let mut hasher = blake3::Hasher::new();
    for source in fvm_native::SOURCES.iter().chain(&SOURCES) {
        hasher.update(source.as_bytes());
    }
    hasher.update(cranelift_codegen::VERSION.as_bytes());
    for number in fvm_native::layout() {
        hasher.update(&(number as u64).to_le_bytes());
    }
    hasher.update(Machinery::new()?.processor().as_bytes());
    hasher.update(&module.code_hash());
    Ok(*hasher.finalize().as_bytes())
}

impl Program {
    /// The program as bytes, authenticated with a key; none if time was up before all of it was
    /// compiled.
    pub fn save(&self, module: &VerifiedModule, key: &[u8; 32]) -> Option<Vec<u8>> {
        let compiled = self.compiled();
        if compiled.refused.iter().any(|refused| refused.1 == Refusal::Late) {
            return None;
        }
        let mut bytes = identity(module).ok()?.to_vec();
        let mut put = |numbers: &[u32]| {
            bytes.extend((numbers.len() as u32).to_le_bytes());
            bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        };
        put(&[compiled.frame_bytes as u32]);
        put(&compiled.entries);
        put(&compiled.thunks);
        let refused = compiled.refused.iter();
        put(&refused.flat_map(|(id, why)| [id.0.into(), *why as u32]).collect::<Vec<u32>>());
        bytes.extend_from_slice(&compiled.bytes);
        let seal = blake3::keyed_hash(key, &bytes);
        bytes.extend_from_slice(seal.as_bytes());
        Some(bytes)
    }

    /// The program that was saved as these bytes with the same key.
    pub fn load(
        module: &VerifiedModule,
        bytes: &[u8],
        key: &[u8; 32],
    ) -> Result<Program, CacheError> {
        let (content, seal) = bytes.split_last_chunk::<32>().ok_or(CacheError::NotAuthentic)?;
        // The comparison of hashes takes the same time whatever differs.
        if blake3::keyed_hash(key, content) != blake3::Hash::from_bytes(*seal) {
            return Err(CacheError::NotAuthentic);
        }
        let (found, mut rest) = content.split_first_chunk::<32>().ok_or(CacheError::Other)?;
        if identity(module) != Ok(*found) {
            return Err(CacheError::Other);
        }
        let compiled = read(&mut rest).ok_or(CacheError::Other)?;
        let count = module.module().functions.len();
        if compiled.entries.len() != count || compiled.thunks.len() != count {
            return Err(CacheError::Other);
        }
        Program::place(module, compiled).map_err(|_| CacheError::NoMemory)
    }
}

fn read(rest: &mut &[u8]) -> Option<Compiled> {
    let frame_bytes = *numbers(rest)?.first()? as usize;
    let (entries, thunks) = (numbers(rest)?, numbers(rest)?);
    let mut refused = Vec::new();
    for pair in numbers(rest)?.chunks_exact(2) {
        let why = Refusal::ALL.iter().find(|refusal| **refusal as u32 == pair[1])?;
        refused.push((FunctionId(pair[0] as u16), *why));
    }
    let bytes = rest.to_vec();
    let is_inside = |at: &u32| (*at as usize) < bytes.len();
    let all_inside = entries.iter().chain(&thunks).all(is_inside);
    all_inside.then_some(Compiled { bytes, entries, thunks, refused, frame_bytes })
}

fn numbers(rest: &mut &[u8]) -> Option<Vec<u32>> {
    let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
    let (count, after) = rest.split_first_chunk::<4>()?;
    let (numbers, after) = after.split_at_checked(number(count) as usize * 4)?;
    *rest = after;
    Some(numbers.chunks_exact(4).map(|n| u32::from_le_bytes([n[0], n[1], n[2], n[3]])).collect())
}
