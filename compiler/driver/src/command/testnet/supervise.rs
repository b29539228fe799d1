//! Validators that run: for each a replica and an engine, with their output in files. What ends by
//! itself is started again; all of them end with this process.

use super::Network;
use crate::command::service;
use std::fs::{File, OpenOptions};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How often processes are looked at.
const LOOK: Duration = Duration::from_millis(500);
/// Looks that a validator which was started again is left alone.
const PAUSE: u32 = 6;
/// How long a process gets to end by itself.
const END: Duration = Duration::from_secs(5);
/// How often it is looked at meanwhile.
const END_LOOK: Duration = Duration::from_millis(20);

/// A validator that runs.
struct Validator {
    number: u16,
    replica: Child,
    engine: Child,
    /// Looks for which it is left alone: what cannot run is not tried without end.
    pause: u32,
}

/// Starts all validators and watches them until a signal comes.
pub(super) async fn run(network: &Network) -> Result<(), String> {
    let mut running = Vec::new();
    let result = watch(network, &mut running).await;
    for validator in &mut running {
        end(&mut validator.engine).await;
    }
    for validator in &mut running {
        end(&mut validator.replica).await;
    }
    tracing::info!("stopped");
    result
}

async fn watch(network: &Network, running: &mut Vec<Validator>) -> Result<(), String> {
    for number in 0..network.validators {
        running.push(Validator::start(network, number)?);
        println!("validator {number}: clients at http://{}", network.rpc(number));
    }
    let signal = service::signal();
    tokio::pin!(signal);
    loop {
        tokio::select! {
            () = &mut signal => return Ok(()),
            () = tokio::time::sleep(LOOK) => {}
        }
        for validator in running.iter_mut() {
            validator.revive(network).await?;
        }
    }
}

impl Validator {
    fn start(network: &Network, number: u16) -> Result<Validator, String> {
        let replica = replica(network, number)?;
        // The engine tries for a while to reach its replica.
        let engine = engine(network, number)?;
        Ok(Validator { number, replica, engine, pause: 0 })
    }

    /// Starts again what has ended. An engine does not outlive its replica.
    async fn revive(&mut self, network: &Network) -> Result<(), String> {
        let number = self.number;
        if self.pause > 0 {
            self.pause -= 1;
        } else if has_ended(&mut self.replica) {
            tracing::warn!(number, "a replica ended: starting it and its engine again");
            end(&mut self.engine).await;
            self.replica = replica(network, number)?;
            self.engine = engine(network, number)?;
            self.pause = PAUSE;
        } else if has_ended(&mut self.engine) {
            tracing::warn!(number, "an engine ended: starting it again");
            self.engine = engine(network, number)?;
            self.pause = PAUSE;
        }
        Ok(())
    }
}

fn replica(network: &Network, number: u16) -> Result<Child, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let log = network.home(number).join("replica.log");
    start(Command::new(program).args(network.replica_arguments(number)), &log)
}

fn engine(network: &Network, number: u16) -> Result<Child, String> {
    let log = network.home(number).join("engine.log");
    start(Command::new(&network.engine).args(network.engine_arguments(number)), &log)
}

/// Starts a process whose output goes to the end of a file.
fn start(command: &mut Command, log: &Path) -> Result<Child, String> {
    let open = || -> std::io::Result<(File, File)> {
        let file = OpenOptions::new().create(true).append(true).open(log)?;
        Ok((file.try_clone()?, file))
    };
    let (out, error) = open().map_err(|error| format!("`{}`: {error}", log.display()))?;
    let started = command.stdin(Stdio::null()).stdout(out).stderr(error).spawn();
    started.map_err(|error| format!("cannot start {command:?}: {error}"))
}

fn has_ended(process: &mut Child) -> bool {
    matches!(process.try_wait(), Ok(Some(_)))
}

/// Asks a process to end, and ends it if it does not.
async fn end(process: &mut Child) {
    let asked = Command::new("kill").args(["-TERM", &process.id().to_string()]).status();
    let mut left = END;
    while asked.is_ok() && !has_ended(process) && !left.is_zero() {
        tokio::time::sleep(END_LOOK).await;
        left = left.saturating_sub(END_LOOK);
    }
    // It is gone already, or now.
    let _ = process.kill();
    let _ = process.wait();
}
