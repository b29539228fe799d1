//! `nomt`, which keeps everything in files of its own, by io_uring where the system has it.

use crate::{Candidate, Write};
use nomt::hasher::{Blake3Hasher, ValueHasher};
use nomt::proof::PathProofTerminal;
use nomt::trie::LeafData;
use nomt::{KeyReadWrite, SessionParams};
use std::path::Path;
use std::time::Instant;

pub struct Nomt {
    database: nomt::Nomt<Blake3Hasher>,
}

impl Nomt {
    pub fn open(directory: &Path) -> anyhow::Result<Nomt> {
        let mut options = nomt::Options::new();
        options.path(directory);
        options.commit_concurrency(2);
        options.hashtable_buckets(500_000);
        Ok(Nomt { database: nomt::Nomt::open(options)? })
    }
}

impl Candidate for Nomt {
    fn write(&mut self, batch: &[Write], root: &mut dyn FnMut()) -> anyhow::Result<()> {
        let session = self.database.begin_session(SessionParams::default());
        let writes = batch.iter();
        let writes = writes.map(|(key, value)| (*key, KeyReadWrite::Write(Some(value.clone()))));
        let finished = session.finish(writes.collect())?;
        root();
        finished.commit(&self.database)
    }

    fn prove(&mut self, key: &[u8; 32], value: &[u8]) -> anyhow::Result<(usize, Instant)> {
        let session = self.database.begin_session(SessionParams::default());
        let proof = session.prove(*key)?;
        let made = Instant::now();
        let leaf = LeafData { key_path: *key, value_hash: Blake3Hasher::hash_value(value) };
        anyhow::ensure!(proof.terminal == PathProofTerminal::Leaf(leaf.clone()));
        let path = nomt_bits(key);
        let verified = proof.verify::<Blake3Hasher>(path, self.database.root().into_inner());
        let verified = verified.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        anyhow::ensure!(verified.confirm_value(&leaf).is_ok_and(|is_there| is_there));
        // Its encoding by borsh: a kind, the leaf, a count, the siblings.
        Ok((1 + 64 + 4 + 32 * proof.siblings.len(), made))
    }
}

fn nomt_bits(key: &[u8; 32]) -> &bitvec::slice::BitSlice<u8, bitvec::order::Msb0> {
    bitvec::slice::BitSlice::from_slice(key)
}
