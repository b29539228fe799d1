//! `jmt` with its nodes and values in the project's store, without history: what a batch replaces
//! goes with the batch.

use crate::{Candidate, Write};
use fvm_store::{Batch, Options, Reader, Store, Table};
use jmt::storage::{LeafNode, Node, NodeKey, TreeReader};
use jmt::{JellyfishMerkleTree, KeyHash, RootHash, SimpleHasher, Version};
use std::path::Path;
use std::time::Instant;

pub struct Jellyfish {
    store: Store,
    version: Version,
    root: RootHash,
}

/// The hash that the other trees use.
#[derive(Clone, Debug)]
struct Blake3(blake3::Hasher);

impl SimpleHasher for Blake3 {
    fn new() -> Self {
        Blake3(blake3::Hasher::new())
    }
    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }
    fn finalize(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

struct Nodes(Reader);

impl TreeReader for Nodes {
    fn get_node_option(&self, key: &NodeKey) -> anyhow::Result<Option<Node>> {
        let bytes = self.0.get(Table::Meta, &borsh::to_vec(key)?)?;
        Ok(bytes.map(|bytes| borsh::from_slice(&bytes)).transpose()?)
    }

    fn get_value_option(&self, _: Version, key: KeyHash) -> anyhow::Result<Option<Vec<u8>>> {
        Ok(self.0.get(Table::Slots, &key.0)?)
    }

    fn get_rightmost_leaf(&self) -> anyhow::Result<Option<(NodeKey, LeafNode)>> {
        Ok(None)
    }
}

impl Jellyfish {
    pub fn open(directory: &Path) -> anyhow::Result<Jellyfish> {
        let store = Store::open(directory, &Options::new(1))?;
        Ok(Jellyfish { store, version: 0, root: RootHash([0; 32]) })
    }
}

impl Candidate for Jellyfish {
    fn write(&mut self, batch: &[Write], root: &mut dyn FnMut()) -> anyhow::Result<()> {
        let nodes = Nodes(self.store.reader()?);
        let tree = JellyfishMerkleTree::<_, Blake3>::new(&nodes);
        let values = batch.iter().map(|(key, value)| (KeyHash(*key), Some(value.clone())));
        let (hash, update) = tree.put_value_set(values, self.version)?;
        root();
        let mut kept = Batch::new();
        for (key, node) in update.node_batch.nodes() {
            kept.put(Table::Meta, borsh::to_vec(key)?, borsh::to_vec(node)?);
        }
        for stale in update.stale_node_index_batch {
            kept.delete(Table::Meta, borsh::to_vec(&stale.node_key)?);
        }
        for (key, value) in batch {
            kept.put(Table::Slots, *key, &value[..]);
        }
        drop(nodes);
        self.store.commit(kept)?;
        self.version += 1;
        self.root = hash;
        Ok(())
    }

    fn prove(&mut self, key: &[u8; 32], value: &[u8]) -> anyhow::Result<(usize, Instant)> {
        let nodes = Nodes(self.store.reader()?);
        let tree = JellyfishMerkleTree::<_, Blake3>::new(&nodes);
        let (_, proof) = tree.get_with_proof(KeyHash(*key), self.version - 1)?;
        let bytes = borsh::to_vec(&proof)?;
        let made = Instant::now();
        proof.verify_existence(self.root, KeyHash(*key), value)?;
        Ok((bytes.len(), made))
    }
}
