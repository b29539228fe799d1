//! The command line of `fscc wallet`.

use clap::{Args, Subcommand};
use fvm_keys::KeyKind;
use std::path::PathBuf;

/// Arguments of `wallet`.
#[derive(Args, Debug)]
pub struct WalletArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: WalletAction,
    /// Which wallet.
    #[command(flatten)]
    pub options: WalletOptions,
    /// Print results as JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

/// Which wallet, and where its password comes from.
#[derive(Args, Debug)]
pub struct WalletOptions {
    /// The wallet's file; `fscc/wallet.json` in the user's data folder if absent.
    #[arg(long, global = true, value_name = "FILE")]
    pub wallet: Option<PathBuf>,
    /// A file whose first line is the password. Without it the password is asked for on the
    /// terminal, or is the first line of standard input where that is no terminal.
    #[arg(long, global = true, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// What is done with a wallet.
#[derive(Subcommand, Debug)]
pub enum WalletAction {
    /// Make a new key, and the wallet if there is none yet.
    New {
        /// How the key is to be called.
        name: String,
        /// The kind of the key: `ed25519`, or `secp256k1` as Ethereum has it.
        #[arg(long, default_value = "ed25519", value_name = "KIND")]
        kind: KeyKind,
    },
    /// List the keys with their kinds and addresses. Needs no password.
    List,
    /// Print the address of a key. Needs no password.
    Address {
        /// The name of the key.
        name: String,
    },
    /// Sign a text, to prove that one owns the address: prints JSON to paste.
    Sign {
        /// The name of the key.
        name: String,
        /// What is signed.
        #[arg(required_unless_present = "file", conflicts_with = "file")]
        text: Option<String>,
        /// A file with what is signed, to the byte.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Tell who signed a text. Needs no wallet.
    Verify {
        /// What `sign` printed: a file, `-` for standard input, or the JSON itself.
        #[arg(value_name = "FILE|JSON")]
        statement: String,
    },
    /// Print the public halves of all keys as JSON. Needs no password.
    ExportPublic,
    /// Give a key another name.
    Rename {
        /// The name of the key.
        name: String,
        /// How it is to be called.
        new: String,
    },
    /// Delete a key for ever. Whoever has no copy loses what belongs to its address.
    Delete {
        /// The name of the key.
        name: String,
        /// Delete without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Take in a secret key that was made elsewhere: 64 hexadecimal digits, asked for on the
    /// terminal or read from a file. It never stands on the command line.
    Import {
        /// How the key is to be called.
        name: String,
        /// The kind of the key.
        #[arg(long, default_value = "ed25519", value_name = "KIND")]
        kind: KeyKind,
        /// A file whose first line is the secret key.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write a secret key, without protection, into a new file that only you can read.
    Export {
        /// The name of the key.
        name: String,
        /// The file, which must not exist.
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
    },
    /// Protect the wallet by another password.
    ChangePassword {
        /// A file whose first line is the new password; without it the terminal is asked.
        #[arg(long, value_name = "FILE")]
        new_password_file: Option<PathBuf>,
    },
}
