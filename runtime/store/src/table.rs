//! The tables of a store. They are made with it, so that one more is another format.

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident = $name:literal,)*) => {
        /// A table: what its keys and values are is the ledger's business, this says only what it
        /// is for.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Table {
            $($(#[$doc])* $table,)*
        }

        impl Table {
            /// All tables, in the order of the enum.
            pub const ALL: &[Table] = &[$(Table::$table),*];

            /// The name of the table in the file.
            pub fn name(self) -> &'static str {
                match self {
                    $(Table::$table => $name,)*
                }
            }
        }
    };
}

tables! {
    /// What there is once: height, roots, parameters.
    Meta = "meta",
    /// Accounts by address.
    Accounts = "accounts",
    /// Entries of contracts' storage.
    Slots = "slots",
    /// Code and libraries by hash.
    Code = "code",
    /// Headers and bodies of blocks by height.
    Blocks = "blocks",
    /// Where transactions stand, by hash.
    Transactions = "transactions",
    /// What became of messages.
    Receipts = "receipts",
    /// Where messages stand, by id.
    Messages = "messages",
    /// Messages that wait to be delivered, in their order.
    Queue = "queue",
    /// Messages that are due later.
    Schedule = "schedule",
    /// What blocks changed, to be applied instead of executed.
    Differences = "differences",
    /// Bodies of Stories, and the nodes that their proofs need.
    Stories = "stories",
    /// Events, and the index by which they are found.
    Events = "events",
    /// What concerns an address.
    ByAddress = "by_address",
}
