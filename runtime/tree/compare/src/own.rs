//! The project's tree in memory, values in its store.

use crate::{Candidate, Write};
use fvm_store::{Batch, Options, Store, Table};
use fvm_tree::{Change, CompactTree, StateTree};
use std::path::Path;
use std::time::Instant;

pub struct Own {
    tree: CompactTree,
    store: Store,
}

impl Own {
    pub fn open(directory: &Path) -> anyhow::Result<Own> {
        let store = Store::open(directory, &Options::new(1))?;
        Ok(Own { tree: CompactTree::new(), store })
    }
}

impl Candidate for Own {
    fn write(&mut self, batch: &[Write], root: &mut dyn FnMut()) -> anyhow::Result<()> {
        let changes = batch.iter().map(|(key, value)| Change::write(*key, value)).collect();
        let prepared = self.tree.prepare(changes);
        root();
        let mut kept = Batch::new();
        for (key, value) in batch {
            kept.put(Table::Slots, *key, &value[..]);
        }
        self.store.commit(kept)?;
        self.tree.commit(prepared)?;
        Ok(())
    }

    fn prove(&mut self, key: &[u8; 32], value: &[u8]) -> anyhow::Result<(usize, Instant)> {
        let bytes = self.tree.prove(key).encode();
        let made = Instant::now();
        let proof = fvm_tree::Proof::decode(&bytes)?;
        anyhow::ensure!(proof.verify(&self.tree.root(), key, Some(value)));
        Ok((bytes.len(), made))
    }
}
