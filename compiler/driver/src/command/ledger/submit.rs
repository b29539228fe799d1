//! Transactions from what is wanted to their receipts: simulated, shown, agreed to, signed, sent,
//! waited for, told.

use super::signer::Signer;
use super::{Failure, answer, document};
use crate::args::SignerOptions;
use crate::client::contract::Contracts;
use crate::client::http::Node;
use crate::client::tell;
use crate::client::transaction::{Draft, Terms, Trace, Wishes, failure, fees, gas_used, wait};
use crate::status::Status;
use fvm_abi::show::coins;
use fvm_keys::to_hex;
use fvm_ledger::transaction::{Action, Transaction};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::Duration;

/// A conversation with a node about transactions of one signer.
pub(super) struct Session<'n> {
    options: &'n SignerOptions,
    node: &'n Node,
    /// What is known of contracts.
    pub(super) contracts: Contracts<'n>,
    signer: Signer,
    terms: Terms,
    /// What will be sent, in order.
    drafts: Vec<Draft>,
}

impl<'n> Session<'n> {
    /// Asks the node how things are.
    pub(super) fn new(options: &'n SignerOptions, node: &'n Node) -> Result<Session<'n>, Failure> {
        let signer = Signer::find(&options.wallet, options.from.as_deref())?;
        let terms = Terms::of(node, signer.address())?;
        if let Some(chain) = options.chain.filter(|chain| *chain != terms.chain) {
            let (url, found) = (node.url(), terms.chain);
            return Err(Failure::environment(format!(
                "the node at {url} is of chain {found}, and not of chain {chain}"
            )));
        }
        let next = terms.nonce_next;
        if let Some(nonce) = options.nonce.filter(|nonce| *nonce > next || *nonce < terms.nonce) {
            return Err(Failure::usage(format!(
                "the nonce {nonce} leaves a gap or was used: {} has {next} next",
                signer.name()
            )));
        }
        let contracts = Contracts::new(node);
        Ok(Session { options, node, contracts, signer, terms, drafts: Vec::new() })
    }

    /// Who signs.
    pub(super) fn signer(&self) -> fvm_keys::Address {
        self.terms.signer
    }

    /// Simulates one more transaction behind those before.
    pub(super) fn add(&mut self, actions: Vec<Action>) -> Result<(), Failure> {
        let SignerOptions { gas, fee_max, tip, .. } = *self.options;
        let wishes = Wishes { gas, fee_max, tip };
        let before: Vec<Transaction> =
            self.drafts.iter().map(|draft| draft.transaction.clone()).collect();
        let draft = self.terms.draft(self.node, &before, actions, wishes)?;
        self.drafts.push(draft);
        Ok(())
    }

    /// What the last simulation saw.
    pub(super) fn foreseen(&self) -> &[Value] {
        self.drafts.last().map_or(&[], |draft| &draft.receipts)
    }

    /// Shows, asks, sends and waits; gives what is printed. `head` makes the first lines and the
    /// members of the document from the receipts of the last transaction.
    pub(super) fn run(
        mut self,
        head: impl Fn(&[Value]) -> (String, Value),
    ) -> Result<(String, Status), Failure> {
        let is_json = self.options.node.json;
        let plan = self.plan();
        let told: Vec<Value> = self.tell_drafts();
        let failure = self.drafts.iter().find_map(Draft::failure);
        if self.options.dry_run {
            let status = if failure.is_some() { Status::Findings } else { Status::Success };
            let simulation = json!({ "simulation": told, "cost": self.cost().to_string() });
            return Ok((if is_json { document(&simulation) } else { plan }, status));
        }
        if !(is_json && self.options.yes) {
            eprint!("{plan}");
        }
        match failure {
            Some(failure) if !self.options.force => {
                let message = format!("it would fail, so it is not sent: {failure}");
                return Err(Failure::finding(message));
            }
            _ => {}
        }
        self.agree()?;
        self.send(told, head)
    }

    fn cost(&self) -> u128 {
        self.drafts.iter().map(Draft::cost).fold(0, u128::saturating_add)
    }

    fn tell_drafts(&mut self) -> Vec<Value> {
        let contracts = &mut self.contracts;
        let receipts = self.drafts.iter().flat_map(|draft| &draft.receipts);
        receipts.map(|receipt| tell::receipt(contracts, receipt)).collect()
    }

    /// What would happen, for people.
    fn plan(&mut self) -> String {
        let Terms { chain, balance, nonce, nonce_next, .. } = self.terms;
        let mut text = format!(
            "{} ({}) on chain {chain}, by simulation:\n",
            self.signer.name(),
            self.terms.signer
        );
        for told in self.tell_drafts() {
            let lines = tell::lines(&told);
            lines.lines().for_each(|line| {
                let _ = writeln!(text, "  {line}");
            });
        }
        let most = self.drafts.iter().map(|draft| {
            let transaction = &draft.transaction;
            let fees = transaction.fees_max().unwrap_or(u128::MAX);
            fees.saturating_add(transaction.value().unwrap_or(u128::MAX))
        });
        let most = most.fold(0, u128::saturating_add);
        let waiting: u64 = self.drafts.iter().map(|draft| draft.waiting).sum();
        if waiting > 0 {
            let _ = writeln!(text, "  {waiting} messages would still wait behind the block");
        }
        let cost = self.cost();
        let _ = writeln!(
            text,
            "It costs {} in all, at most {}; the account has {}.",
            coins(cost),
            coins(most),
            coins(balance)
        );
        if let Some(before) = nonce_next.checked_sub(nonce).filter(|before| *before > 0) {
            let _ = writeln!(text, "{before} transactions of the account wait before it.");
        }
        text
    }

    /// Asks whether to go on.
    fn agree(&self) -> Result<(), Failure> {
        if self.options.yes {
            return Ok(());
        }
        match &answer("Send it? [y/N] ", "`--yes` sends without asking")?[..] {
            "y" | "Y" | "yes" => Ok(()),
            _ => Err(Failure::finding("not sent")),
        }
    }

    fn send(
        self,
        simulation: Vec<Value>,
        head: impl Fn(&[Value]) -> (String, Value),
    ) -> Result<(String, Status), Failure> {
        let Session { options, node, mut contracts, signer, terms, drafts } = self;
        let key = signer.unlock(&options.wallet)?;
        let first = options.nonce.unwrap_or(terms.nonce_next);
        let (mut told, mut hashes, mut last) = (Vec::new(), Vec::new(), Vec::new());
        let mut is_failed = false;
        for (nonce, draft) in (first..).zip(&drafts) {
            let hash = draft.send(node, key.key()?, nonce)?;
            let name = to_hex(&hash);
            let Some(trace) = wait(node, &hash, Duration::from_secs(options.wait))? else {
                return Err(Failure::environment(format!(
                    "{name} is sent, and in no block after {} s",
                    options.wait
                )));
            };
            let Trace { receipts, pending } = trace;
            if pending > 0 {
                eprintln!("fscc: note: {pending} messages of {name} still wait");
            }
            is_failed |= receipts.iter().any(|receipt| failure(receipt).is_some());
            told.extend(receipts.iter().map(|receipt| tell::receipt(&mut contracts, receipt)));
            hashes.push(name);
            last = receipts;
            if is_failed {
                break;
            }
        }
        let status = if is_failed { Status::Findings } else { Status::Success };
        let (lines, members) = head(&last);
        if options.node.json {
            let mut value = members;
            value["transactions"] = json!(hashes);
            value["done"] = json!(!is_failed);
            value["gasUsed"] = json!(gas_used(&told));
            value["fees"] = json!(fees(&told).to_string());
            value["receipts"] = json!(told);
            value["simulation"] = json!(simulation);
            return Ok((document(&value), status));
        }
        let mut text = lines;
        told.iter().for_each(|receipt| text.push_str(&tell::lines(receipt)));
        for (hash, receipt) in hashes.iter().zip(told.iter().filter(is_first)) {
            let _ = writeln!(text, "transaction {hash} in block {}", receipt["height"]);
        }
        let _ = writeln!(text, "gas {} for {}", gas_used(&told), coins(fees(&told)));
        Ok((text, status))
    }
}

/// Whether a receipt is that of a transaction itself.
fn is_first(receipt: &&Value) -> bool {
    receipt["kind"] == "transaction"
}
