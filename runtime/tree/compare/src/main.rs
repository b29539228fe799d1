//! Three authenticated trees at the same work: our own over our store, `jmt` over our store, and
//! `nomt` with its own files. Prints a row of a table for each number of writes: keys, writes,
//! milliseconds until the root is known and until all is on disk (processor time in parentheses),
//! bytes of a proof, microseconds to make and to verify one, megabytes of memory and of disk:
//! `cargo run --release -- TREE KEYS DIRECTORY`, where the tree is `own`, `jmt` or `nomt`. A process
//! measures one tree, so that its memory can be told.

mod jellyfish;
mod nearly_optimal;
mod own;

use anyhow::{Context, bail};
use cpu_time::ProcessTime;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A key and its new value.
pub type Write = ([u8; 32], Vec<u8>);

/// A tree with its values, on disk.
pub trait Candidate {
    /// Does a batch that outlives a loss of power, and says when the root is known.
    fn write(&mut self, batch: &[Write], root: &mut dyn FnMut()) -> anyhow::Result<()>;

    /// How many bytes a proof of a key has; when it was made. It must be right.
    fn prove(&mut self, key: &[u8; 32], value: &[u8]) -> anyhow::Result<(usize, Instant)>;
}

const BATCHES: usize = 11;
const PROOFS: u64 = 1000;
const VALUE_BYTES: usize = 32;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, tree, keys, directory] = &arguments[..] else {
        bail!("usage: fvm-tree-compare own|jmt|nomt KEYS DIRECTORY");
    };
    let keys: u64 = keys.parse().context("how many keys?")?;
    let directory = PathBuf::from(directory).join(format!("compare-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let measured = match tree.as_str() {
        "own" => measure(tree, own::Own::open(&directory)?, keys, &directory),
        "jmt" => measure(tree, jellyfish::Jellyfish::open(&directory)?, keys, &directory),
        "nomt" => measure(tree, nearly_optimal::Nomt::open(&directory)?, keys, &directory),
        _ => bail!("there is no tree {tree}"),
    };
    std::fs::remove_dir_all(&directory)?;
    measured
}

fn measure(name: &str, mut tree: impl Candidate, keys: u64, folder: &Path) -> anyhow::Result<()> {
    for first in (0..keys).step_by(50_000) {
        let batch = sorted((first..keys.min(first + 50_000)).map(|key| write(key, 0)));
        tree.write(&batch, &mut || ())?;
    }
    for writes in [1_000, 10_000] {
        let mut times = Vec::new();
        let mut last = Vec::new();
        for round in 1..=BATCHES as u64 {
            // Keys from anywhere, one in ten of them new.
            let key = |number: u64| mixed(round * 1_000_000 + number) % (keys + keys / 10);
            last = sorted((0..writes).map(|number| write(key(number), round)));
            let (start, work) = (Instant::now(), ProcessTime::now());
            let read = || [start.elapsed(), work.elapsed()].map(|time| time.as_secs_f64() * 1e3);
            let mut root = [0.0; 2];
            tree.write(&last, &mut || root = read())?;
            times.push([root, read()].concat());
        }
        let middle = |which: usize| {
            let mut each: Vec<f64> = times.iter().map(|times| times[which]).collect();
            each.sort_by(f64::total_cmp);
            each[BATCHES / 2]
        };
        let [root, root_work, all, all_work] = [0, 1, 2, 3].map(middle);
        let (mut bytes, mut make, mut verify) = (0, 0.0, 0.0);
        for (key, value) in last.iter().cycle().take(PROOFS as usize) {
            let start = Instant::now();
            let (size, made) = tree.prove(key, value)?;
            bytes += size;
            make += (made - start).as_secs_f64() * 1e6;
            verify += made.elapsed().as_secs_f64() * 1e6;
        }
        let (count, disk) = (PROOFS as f64, disk(folder)? >> 20);
        println!(
            "| {name} | {keys} | {writes} | {root:.1} ({root_work:.1}) | {all:.0} ({all_work:.0}) | {:.0} | {:.1} | {:.1} | {} | {disk} |",
            bytes as f64 / count,
            make / count,
            verify / count,
            resident()?,
        );
    }
    Ok(())
}

fn mixed(number: u64) -> u64 {
    let hash = blake3::hash(&number.to_be_bytes());
    u64::from_be_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
}

fn write(key: u64, round: u64) -> Write {
    let path = *blake3::hash(&key.to_be_bytes()).as_bytes();
    let value = blake3::hash(&(key ^ round << 40).to_be_bytes()).as_bytes()[..VALUE_BYTES].to_vec();
    (path, value)
}

fn sorted(writes: impl Iterator<Item = Write>) -> Vec<Write> {
    let mut writes: Vec<Write> = writes.collect();
    writes.sort();
    writes.dedup_by(|next, kept| next.0 == kept.0);
    writes
}

/// Bytes on disk, of all files.
fn disk(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

/// Megabytes of memory of this process.
fn resident() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS")?;
    Ok(kilobytes.parse::<u64>()? >> 10)
}
