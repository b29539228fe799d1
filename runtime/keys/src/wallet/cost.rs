//! How much work it is to make a key from a password: argon2id, within bounds.

use super::WalletError;
use argon2::{Algorithm, Argon2, Params, Version};
use borsh::BorshSerialize;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// How many bytes a salt has.
pub const SALT_BYTES: usize = 16;

/// More than this would make a hostile file a way to occupy the reader's machine.
const MEMORY_KIB_MAX: u32 = 256 << 10;

/// Likewise, for time.
const PASSES_MAX: u32 = 10;

/// Likewise: lanes are worked on one after the other here.
const LANES_MAX: u32 = 16;

/// Each lane needs this much.
const LANE_KIB_MIN: u32 = 8;

/// How much memory and how many passes over it a password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Parts of it that could be worked on at the same time.
    pub lanes: u32,
}

impl Cost {
    /// What RFC 9106 recommends for machines without gigabytes to spare.
    pub const RECOMMENDED: Cost = Cost { memory_kib: 64 << 10, passes: 3, lanes: 4 };

    /// Whether the cost is within bounds.
    pub(super) fn check(&self) -> Result<(), WalletError> {
        let lanes = 1..=LANES_MAX;
        let passes = 1..=PASSES_MAX;
        if !lanes.contains(&self.lanes) || !passes.contains(&self.passes) {
            return Err(WalletError::Cost);
        }
        match (LANE_KIB_MIN * self.lanes..=MEMORY_KIB_MAX).contains(&self.memory_kib) {
            true => Ok(()),
            false => Err(WalletError::Cost),
        }
    }

    /// The key of this password and salt.
    pub(super) fn derive(
        &self,
        password: &[u8],
        salt: &[u8; SALT_BYTES],
    ) -> Result<Zeroizing<[u8; 32]>, WalletError> {
        self.check()?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32));
        let params = params.map_err(|_| WalletError::Cost)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut key = Zeroizing::new([0; 32]);
        let derived = argon.hash_password_into(password, salt, &mut *key);
        derived.map(|()| key).map_err(|error| match error {
            argon2::Error::OutOfMemory => WalletError::NoMemory,
            // A password or salt of a length that cannot be.
            _ => WalletError::Cost,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_have_bounds() {
        let cost = |memory_kib, passes, lanes| Cost { memory_kib, passes, lanes }.check();
        assert_eq!(Cost::RECOMMENDED.check(), Ok(()));
        assert_eq!(cost(8, 1, 1), Ok(()));
        assert_eq!(cost(MEMORY_KIB_MAX, PASSES_MAX, LANES_MAX), Ok(()));
        for (memory, passes, lanes) in [
            (MEMORY_KIB_MAX + 1, 1, 1),
            (u32::MAX, 1, 1),
            (64, PASSES_MAX + 1, 1),
            (64, u32::MAX, 1),
            (64, 0, 1),
            (64, 1, 0),
            (u32::MAX, 1, u32::MAX),
            (31, 1, 4),
            (0, 0, 0),
        ] {
            assert_eq!(cost(memory, passes, lanes), Err(WalletError::Cost));
        }
    }

    #[test]
    fn password_salt_and_cost_make_the_key() {
        let cost = Cost { memory_kib: 64, passes: 2, lanes: 4 };
        let key = |cost: Cost, password: &[u8], salt| cost.derive(password, &[salt; 16]);
        let one = key(cost, b"password", 1).expect("a key");
        assert_eq!(key(cost, b"password", 1), Ok(one.clone()));
        assert_ne!(key(cost, b"Password", 1), Ok(one.clone()));
        assert_ne!(key(cost, b"password", 2), Ok(one.clone()));
        assert_ne!(key(Cost { passes: 3, ..cost }, b"password", 1), Ok(one));
    }
}
