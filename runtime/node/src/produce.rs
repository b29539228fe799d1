//! When blocks are made: as soon as there is something to do, or at intervals.

use crate::node::{Node, NodeError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// When blocks are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pace {
    /// When there is something to do.
    OnDemand,
    /// At intervals, whether there is something to do or not.
    Every(Duration),
}

/// How often the clock is looked at for calls that become due.
const LOOK: Duration = Duration::from_millis(500);

/// Makes blocks until `stop` says so. An error ends it: what is on disk is then the last block.
pub async fn produce(
    node: Arc<Node>,
    pace: Pace,
    mut stop: watch::Receiver<bool>,
) -> Result<(), NodeError> {
    let mut work = node.work();
    loop {
        let wait = match pace {
            Pace::OnDemand => LOOK,
            Pace::Every(interval) => interval,
        };
        let is_stopped = tokio::select! {
            stopped = stop.wait_for(|stop| *stop) => { drop(stopped); true }
            _ = work.changed(), if pace == Pace::OnDemand => false,
            () = tokio::time::sleep(wait) => false,
        };
        if is_stopped {
            return Ok(());
        }
        loop {
            let maker = Arc::clone(&node);
            let made = tokio::task::spawn_blocking(move || match pace {
                Pace::OnDemand if !maker.has_work() => Ok(false),
                _ => maker.produce().map(|_| true),
            });
            let made = made.await.map_err(|error| NodeError::Threads(error.to_string()))??;
            if !made || pace != Pace::OnDemand || *stop.borrow() {
                break;
            }
        }
    }
}
