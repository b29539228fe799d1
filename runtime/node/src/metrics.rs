//! What a node counts, in the text format of Prometheus.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Default, Debug)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Counts.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }
    /// The number.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

macro_rules! counters {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// What a node counts.
        #[derive(Default, Debug)]
        pub struct Metrics {
            $($(#[doc = $doc])* pub $name: Counter,)*
        }

        impl Metrics {
            /// All counters: name, what it counts, number.
            fn all(&self) -> Vec<(&'static str, &'static str, u64)> {
                vec![$((stringify!($name), concat!($($doc),*), self.$name.get())),*]
            }
        }
    };
}

counters! {
    /// Blocks made since the start.
    blocks,
    /// Transactions in blocks since the start.
    transactions,
    /// Messages delivered since the start.
    messages,
    /// Gas used since the start.
    gas,
    /// Transactions taken into the pool since the start.
    accepted,
    /// Transactions refused since the start.
    refused,
    /// Requests of clients since the start.
    requests,
    /// Requests that were answered with an error since the start.
    errors,
}

/// A number that goes up and down: name, what it is, value.
pub type Gauge = (&'static str, &'static str, u64);

impl Metrics {
    /// The page, with some gauges besides.
    pub fn page(&self, gauges: &[Gauge]) -> String {
        let mut page = String::new();
        let mut line = |kind: &str, (name, doc, value): (&str, &str, u64)| {
            let suffix = if kind == "counter" { "_total" } else { "" };
            let name = format!("fvm_{name}{suffix}");
            let doc = doc.trim();
            let _ = writeln!(page, "# HELP {name} {doc}\n# TYPE {name} {kind}\n{name} {value}");
        };
        self.all().into_iter().for_each(|counter| line("counter", counter));
        gauges.iter().for_each(|gauge| line("gauge", *gauge));
        page
    }
}
