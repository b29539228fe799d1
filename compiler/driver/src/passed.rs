//! The deliveries of a run as text: who sent what to whom, and what came of it.

use fvm_abi::Interface;
use fvm_abi::show::coins;
use fvm_ledger::deliver::Handler;
use fvm_ledger::difference::Ending;
use fvm_ledger::message::{Content, Envelope, Request};
use fvm_ledger::problem::record_text;
use fvm_ledger::world::{Passed, World};
use std::collections::BTreeMap;

/// Deliveries that are told.
const TOLD_MAX: usize = 100;

/// One line for each delivery of the present run of an exploration.
pub fn lines(world: &World, interfaces: &BTreeMap<String, Interface>) -> Vec<String> {
    let teller = Teller { world, interfaces };
    let passed = &world.state.passed;
    let mut lines: Vec<String> = passed.iter().take(TOLD_MAX).map(|one| teller.line(one)).collect();
    if passed.len() > TOLD_MAX {
        lines.push(format!("… and {} more", passed.len() - TOLD_MAX));
    }
    lines
}

struct Teller<'a> {
    world: &'a World,
    interfaces: &'a BTreeMap<String, Interface>,
}

impl Teller<'_> {
    fn line(&self, passed: &Passed) -> String {
        let (envelope, handler, ending) = match passed {
            Passed::Advance(seconds) => return format!("the clock moves by {seconds} s"),
            Passed::Message { envelope, handler, ending } => (envelope, *handler, ending),
        };
        let (from, to) = (self.world.name(envelope.from), self.world.name(envelope.to));
        let coins = match envelope.value {
            0 => String::new(),
            value => format!(" with {}", coins(value)),
        };
        let what = self.content(envelope, handler);
        format!("{from} → {to}{what}{coins}{}", outcome(ending))
    }

    fn content(&self, envelope: &Envelope, handler: Option<Handler>) -> String {
        let handled = || match self.method(handler) {
            Some((_, method)) => format!(", handled by {}", method.name),
            None => String::new(),
        };
        match &envelope.content {
            Content::Request { request: Request::Call { arguments, .. }, .. } => {
                self.call(handler, arguments)
            }
            Content::Request { request: Request::Create { .. }, .. } => ": constructor".into(),
            Content::Request { .. } | Content::Transaction(_) => ": payment".into(),
            Content::Reply { .. } => format!(": reply{}", handled()),
            Content::Bounce { problem, .. } => {
                let problem = record_text(problem).unwrap_or("an unreadable problem");
                format!(": bounce ({problem}){}", handled())
            }
            Content::Timer { .. } => format!(": scheduled call{}", handled()),
        }
    }

    /// A call as it stands in a source.
    fn call(&self, handler: Option<Handler>, arguments: &[u8]) -> String {
        let Some((interface, method)) = self.method(handler) else {
            return ": a call that nothing handled".into();
        };
        let shown = match interface.decode_fields(&method.params, arguments) {
            Ok(values) => {
                let texts: Vec<String> =
                    values.iter().map(|(_, value)| value.to_string()).collect();
                texts.join(", ")
            }
            Err(_) => "…".into(),
        };
        format!(".{}({shown})", method.name)
    }

    fn method(
        &self,
        handler: Option<Handler>,
    ) -> Option<(&Interface, &fvm_abi::interface::Method)> {
        let handler = handler?;
        let interface = self.interfaces.get(self.world.class(&handler.code)?)?;
        Some((interface, interface.method_by_id(handler.method)?))
    }
}

fn outcome(ending: &Ending) -> String {
    let text = |problem: &[u8]| record_text(problem).unwrap_or("an unreadable problem").to_string();
    match ending {
        Ending::Done(_) => String::new(),
        Ending::Failed(problem) => format!(" — failed: {}", text(problem)),
        Ending::DeadLetter(problem) => format!(" — dead letter: {}", text(problem)),
        Ending::Cancelled => " — cancelled".into(),
        Ending::Refused(_) => " — refused".into(),
    }
}
