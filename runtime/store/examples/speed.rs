//! How fast a store is with a million accounts: batches of random writes, by size of the cache, the
//! room on the disk, and the time it takes to open it. Run with
//! `cargo run --release -p fvm-store --example speed -- DIRECTORY [ACCOUNTS]`.

use fvm_store::simulation::Random;
use fvm_store::{Batch, Options, Store, StoreError, Table};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

const VALUE_BYTES: usize = 100;
const BATCHES: u64 = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let Some(directory) = arguments.get(1) else {
        eprintln!("usage: speed DIRECTORY [ACCOUNTS]");
        return ExitCode::from(2);
    };
    let accounts = arguments.get(2).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    match measure(Path::new(directory), accounts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The address of an account: 20 bytes without an order.
fn address(number: u64) -> Vec<u8> {
    let mut random = Random::new(number);
    let words = [random.next_u64(), random.next_u64(), random.next_u64()];
    words.iter().flat_map(|word| word.to_be_bytes()).take(20).collect()
}

fn write(batch: &mut Batch, number: u64, random: &mut Random) {
    let value = (0..VALUE_BYTES / 8 + 1).flat_map(|_| random.next_u64().to_le_bytes());
    let value: Vec<u8> = value.take(VALUE_BYTES).collect();
    batch.put(Table::Accounts, address(number), value);
}

fn measure(directory: &Path, accounts: u64) -> Result<(), StoreError> {
    let random = &mut Random::new(1);
    let directory = directory.join(format!("fvm-store-speed-{}", std::process::id()));
    let mut store = Store::open(&directory, &Options::new(1))?;
    let start = Instant::now();
    for first in (0..accounts).step_by(100_000) {
        let mut batch = Batch::new();
        (first..accounts.min(first + 100_000)).for_each(|number| write(&mut batch, number, random));
        store.commit(batch)?;
    }
    let (time, bytes) = (start.elapsed().as_secs_f64(), store.bytes()? >> 20);
    store.close()?;
    println!("{accounts} accounts of {VALUE_BYTES} bytes: {time:.1} s to write, {bytes} MB");
    for cache in [16, 64, 256, 512, 1024] {
        let options = Options { cache_bytes: cache << 20, ..Options::new(1) };
        let start = Instant::now();
        let mut store = Store::open(&directory, &options)?;
        print!("cache {cache:>4} MB: opened in {:.2} s", start.elapsed().as_secs_f64());
        for writes in [1_000, 10_000] {
            let (wall, processor) = batches(&mut store, accounts, writes, random)?;
            print!("; {writes} writes: {wall:.0} ms ({processor:.0} ms of processor time)");
        }
        println!("; {} MB", store.bytes()? >> 20);
        store.close()?;
    }
    // Waiting for the disk once for many batches.
    let options = Options { durable: false, ..Options::new(1) };
    let mut store = Store::open(&directory, &options)?;
    let start = Instant::now();
    let (wall, processor) = batches(&mut store, accounts, 10_000, random)?;
    store.sync()?;
    let all = start.elapsed().as_secs_f64();
    println!(
        "without waiting: {wall:.0} ms ({processor:.0} ms) for 10000 writes; {BATCHES} batches and \
         a sync: {all:.1} s"
    );
    store.close()?;
    // A copy of the file while it is open is what a crash leaves.
    let mut store = Store::open(&directory, &Options::new(1))?;
    batches(&mut store, accounts, 1_000, random)?;
    let copy = directory.join("copy");
    std::fs::create_dir_all(&copy).map_err(StoreError::Disk)?;
    std::fs::copy(directory.join("ledger.store"), copy.join("ledger.store"))
        .map_err(StoreError::Disk)?;
    store.close()?;
    let start = Instant::now();
    Store::open(&copy, &Options::new(1))?.close()?;
    println!("after a crash: opened and closed in {:.2} s", start.elapsed().as_secs_f64());
    std::fs::remove_dir_all(&directory).map_err(StoreError::Disk)
}

/// The middle time of a batch, and of its processor time, in milliseconds.
fn batches(
    store: &mut Store,
    accounts: u64,
    writes: u64,
    random: &mut Random,
) -> Result<(f64, f64), StoreError> {
    let (mut wall, mut processor) = (Vec::new(), Vec::new());
    for _ in 0..BATCHES {
        let mut batch = Batch::new();
        for _ in 0..writes {
            write(&mut batch, random.below(accounts), random);
        }
        let (start, work) = (Instant::now(), cpu_time::ProcessTime::now());
        store.commit(batch)?;
        wall.push(start.elapsed().as_secs_f64() * 1e3);
        processor.push(work.elapsed().as_secs_f64() * 1e3);
    }
    wall.sort_by(f64::total_cmp);
    processor.sort_by(f64::total_cmp);
    Ok((wall[wall.len() / 2], processor[processor.len() / 2]))
}
