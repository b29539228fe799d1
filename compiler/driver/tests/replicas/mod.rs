//! A driver that speaks ABCI to `fscc abci` processes as a consensus engine does, but decides at
//! once: it checks transactions, has one replica propose, the others judge, and all of them run
//! and make each block. Beside them runs a ledger in memory, which is given the same blocks.

use crate::support::{Folder, Process, address};
use fvm_keys::Address;
use fvm_ledger::Ledger;
use fvm_ledger::backend::InMemory;
use fvm_ledger::block::{Receipt, SignedTransaction};
use fvm_ledger::genesis::Genesis;
use fvm_ledger::ledger::Proposal;
use fvm_ledger::round::Source;
use fvm_node::development;
use pretty_assertions::assert_eq;
use prost::Message;
use prost::bytes::Bytes;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tendermint_proto::google::protobuf::Timestamp;
use tendermint_proto::v0_38::abci::request::Value as Ask;
use tendermint_proto::v0_38::abci::response::Value as Answer;
use tendermint_proto::v0_38::abci::{
    Request, RequestCheckTx, RequestCommit, RequestFinalizeBlock, RequestInfo, RequestInitChain,
    RequestPrepareProposal, RequestProcessProposal, Response, ResponseCheckTx,
    ResponseFinalizeBlock, ResponseInfo,
};

/// The time of the block before the first.
pub const TIME: i64 = 1_767_225_600;
/// Bytes of the transactions of a block.
pub const BLOCK_BYTES: i64 = 4 << 20;

/// The engine's side of a connection.
pub struct Connection(TcpStream);

impl Connection {
    pub fn open(address: &str) -> Connection {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time");
        Connection(stream)
    }

    /// Sends bytes that need not be a request.
    pub fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect("it reads");
    }

    /// The next answer; none if the other side has ended the connection.
    pub fn answer(&mut self) -> Option<Answer> {
        let (mut length, mut shift, mut byte) = (0usize, 0, [0x80u8]);
        while byte[0] >= 0x80 {
            self.0.read_exact(&mut byte).ok()?;
            length |= usize::from(byte[0] & 0x7f) << shift;
            shift += 7;
        }
        let mut message = vec![0; length];
        self.0.read_exact(&mut message).ok()?;
        Response::decode(&message[..]).expect("an answer").value
    }

    pub fn ask(&mut self, request: Ask) -> Answer {
        let request = Request { value: Some(request) };
        self.send(&request.encode_length_delimited_to_vec());
        self.answer().expect("an answer")
    }

    /// Why a request is not answered.
    pub fn exception(&mut self, request: Ask) -> String {
        match self.ask(request) {
            Answer::Exception(exception) => exception.error,
            answer => panic!("{answer:?}"),
        }
    }

    pub fn info(&mut self) -> ResponseInfo {
        match self.ask(Ask::Info(RequestInfo::default())) {
            Answer::Info(info) => info,
            answer => panic!("{answer:?}"),
        }
    }

    pub fn init_chain(&mut self, genesis: &Genesis) -> Vec<u8> {
        match self.ask(Ask::InitChain(begin(genesis))) {
            Answer::InitChain(begun) => begun.app_hash.to_vec(),
            answer => panic!("{answer:?}"),
        }
    }

    pub fn check_tx(&mut self, tx: &[u8]) -> ResponseCheckTx {
        let tx = Bytes::copy_from_slice(tx);
        match self.ask(Ask::CheckTx(RequestCheckTx { tx, r#type: 0 })) {
            Answer::CheckTx(checked) => checked,
            answer => panic!("{answer:?}"),
        }
    }

    pub fn prepare(&mut self, txs: Vec<Bytes>, max_tx_bytes: i64) -> Vec<Bytes> {
        let request = RequestPrepareProposal { txs, max_tx_bytes, ..Default::default() };
        match self.ask(Ask::PrepareProposal(request)) {
            Answer::PrepareProposal(prepared) => prepared.txs,
            answer => panic!("{answer:?}"),
        }
    }

    /// Whether a proposal is accepted.
    pub fn process(&mut self, txs: Vec<Bytes>) -> bool {
        let request = RequestProcessProposal { txs, ..Default::default() };
        match self.ask(Ask::ProcessProposal(request)) {
            Answer::ProcessProposal(processed) => processed.status == 1,
            answer => panic!("{answer:?}"),
        }
    }

    pub fn finalize(&mut self, decided: &Decided, time: i64) -> ResponseFinalizeBlock {
        match self.ask(Ask::FinalizeBlock(decided.request(time))) {
            Answer::FinalizeBlock(finalized) => finalized,
            answer => panic!("{answer:?}"),
        }
    }

    pub fn commit(&mut self) {
        let answer = self.ask(Ask::Commit(RequestCommit {}));
        assert!(matches!(answer, Answer::Commit(_)), "{answer:?}");
    }
}

/// What has a ledger begin.
pub fn begin(genesis: &Genesis) -> RequestInitChain {
    let app_state_bytes = genesis.to_json().into();
    RequestInitChain { app_state_bytes, initial_height: 1, ..Default::default() }
}

/// A replica that runs.
pub struct Replica {
    process: Process,
    /// Where clients ask.
    pub rpc: String,
    /// Where the engine asks.
    pub socket: String,
    pub engine: Connection,
}

/// The command that starts a replica.
pub fn command(state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
    command.args(["abci", "--listen", "tcp://[::1]:0", "--rpc", "[::1]:0", "--log", "error"]);
    command.arg("--state").arg(state);
    command
}

impl Replica {
    pub fn start(state: &Path, more: &[&str]) -> Replica {
        let mut command = command(state);
        let (process, mut lines) = Process::start(command.args(more));
        let rpc = address(&mut lines, "listening on http://");
        let socket = address(&mut lines, "waiting for the engine on tcp://");
        let engine = Connection::open(&socket);
        Replica { process, rpc, socket, engine }
    }

    pub fn kill(self) {
        self.process.kill();
    }

    pub fn terminate(self) {
        self.process.terminate();
    }
}

/// A block that was decided.
#[derive(Clone)]
pub struct Decided {
    pub height: i64,
    pub proposer: Address,
    pub txs: Vec<Bytes>,
    /// What all replicas say of it.
    pub app_hash: Vec<u8>,
}

impl Decided {
    pub fn time(&self) -> i64 {
        TIME + self.height
    }

    pub fn request(&self, time: i64) -> RequestFinalizeBlock {
        RequestFinalizeBlock {
            txs: self.txs.clone(),
            height: self.height,
            time: Some(Timestamp { seconds: time, nanos: 999_999_999 }),
            proposer_address: self.proposer.0.to_vec().into(),
            ..Default::default()
        }
    }
}

/// What happens to a replica during a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    Nothing,
    /// It is killed when it has run the block and before it makes it.
    KilledBeforeCommit(usize),
    /// It is killed when it has made the block.
    KilledAfterCommit(usize),
    /// It is told another time than the others.
    OtherTime(usize),
}

/// A replica does not say what the ledger in memory says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Disagreement {
    pub height: i64,
    pub replica: usize,
}

/// Replicas, and a ledger beside them.
pub struct Network {
    pub genesis: Genesis,
    pub replicas: Vec<Option<Replica>>,
    folder: Folder,
    pub ledger: Ledger<InMemory>,
    pub decided: Vec<Decided>,
}

/// The address of the validator of a replica: of the engine, and nobody's in the ledger.
pub fn validator(number: usize) -> Address {
    Address::of_name(&format!("validator {number}"))
}

impl Network {
    pub fn start(name: &str, count: usize) -> Network {
        let mut genesis = development::genesis(&[]);
        // Tips go to accounts of the ledger; those of the last replica to nobody's.
        for number in 1..count {
            genesis.tips.insert(validator(number - 1), development::address(9));
        }
        let folder = Folder::new(name);
        fs::create_dir_all(&folder.0).expect("a folder");
        let ledger = Ledger::open(InMemory::default(), &genesis, |_| {}).expect("a genesis");
        let mut network =
            Network { genesis, replicas: Vec::new(), folder, ledger, decided: Vec::new() };
        for number in 0..count {
            let mut replica = Replica::start(&network.state(number), &[]);
            let info = replica.engine.info();
            assert_eq!((info.last_block_height, info.last_block_app_hash.len()), (0, 0));
            let app_hash = replica.engine.init_chain(&network.genesis);
            assert_eq!(app_hash, network.ledger.header().app_hash());
            network.replicas.push(Some(replica));
        }
        network
    }

    /// Where the state of a replica lies.
    pub fn state(&self, number: usize) -> std::path::PathBuf {
        self.folder.0.join(number.to_string())
    }

    pub fn engine(&mut self, number: usize) -> &mut Connection {
        &mut self.replicas[number].as_mut().expect("it runs").engine
    }

    fn running(&self) -> Vec<usize> {
        (0..self.replicas.len()).filter(|number| self.replicas[*number].is_some()).collect()
    }

    /// Proposes and decides a block of these transactions. Gives the receipts.
    pub fn block(
        &mut self,
        wanted: &[SignedTransaction],
        event: Event,
    ) -> Result<Vec<Receipt>, Disagreement> {
        let running = self.running();
        let proposer = running[self.decided.len() % running.len()];
        let wanted: Vec<Bytes> =
            wanted.iter().map(|signed| fvm_ledger::block::encode(signed).into()).collect();
        for tx in &wanted {
            let checked = self.engine(proposer).check_tx(tx);
            assert_eq!((checked.code, checked.log.as_str()), (0, ""));
        }
        let txs = self.engine(proposer).prepare(wanted.clone(), BLOCK_BYTES);
        assert_eq!(txs.len(), wanted.len(), "all of them fit");
        for number in &running {
            assert!(self.engine(*number).process(txs.clone()), "replica {number} accepts");
        }
        self.decide(txs, validator(proposer), event)
    }

    /// Has everybody run and make a block, whatever is in it.
    pub fn decide(
        &mut self,
        txs: Vec<Bytes>,
        proposer: Address,
        event: Event,
    ) -> Result<Vec<Receipt>, Disagreement> {
        let height = self.decided.len() as i64 + 1;
        let mut decided = Decided { height, proposer, txs, app_hash: Vec::new() };
        let receipts = self.beside(&decided);
        decided.app_hash = self.ledger.header().app_hash().to_vec();
        self.decided.push(decided.clone());
        for number in self.running() {
            let time = decided.time() + i64::from(event == Event::OtherTime(number));
            let finalized = self.engine(number).finalize(&decided, time);
            assert_eq!(finalized.tx_results.len(), decided.txs.len());
            if finalized.app_hash != decided.app_hash {
                return Err(Disagreement { height, replica: number });
            }
        }
        for number in self.running() {
            if event != Event::KilledBeforeCommit(number) {
                self.engine(number).commit();
            }
            let killed = [Event::KilledBeforeCommit(number), Event::KilledAfterCommit(number)];
            if killed.contains(&event) {
                self.replicas[number].take().expect("it runs").kill();
            }
        }
        Ok(receipts)
    }

    /// Makes the block in memory: of the transactions in it that are some.
    fn beside(&mut self, decided: &Decided) -> Vec<Receipt> {
        let read = |tx: &Bytes| borsh::from_slice::<SignedTransaction>(tx).ok();
        let is_signed = |signed: &SignedTransaction| signed.verify().is_ok();
        let transactions = decided.txs.iter().filter_map(read).filter(is_signed).collect();
        let (time, source) = (decided.time(), Source::Execute);
        let proposer = self.genesis.paid(decided.proposer);
        let proposal = Proposal { time, proposer, transactions, source };
        let executed = self.ledger.run(proposal).expect("it runs");
        let receipts = executed.effects.receipts.clone();
        self.ledger.commit(executed).expect("it is made");
        assert_eq!(self.ledger.coins().expect("readable"), self.ledger.supply());
        receipts
    }

    /// Starts a replica again, which must be at this height, and gives it the blocks that it
    /// missed, as the engine does.
    pub fn restart(&mut self, number: usize, height: usize) {
        let mut replica = Replica::start(&self.state(number), &[]);
        let info = replica.engine.info();
        assert_eq!(info.last_block_height, height as i64);
        assert_eq!(info.last_block_app_hash, self.decided[height - 1].app_hash);
        for missed in &self.decided[height..] {
            let finalized = replica.engine.finalize(missed, missed.time());
            assert_eq!(finalized.app_hash, missed.app_hash, "block {}", missed.height);
            replica.engine.commit();
        }
        self.replicas[number] = Some(replica);
    }

    /// Every replica that runs is at the last block, with its hash.
    pub fn agree(&mut self) {
        let last = self.decided.last().expect("a block").clone();
        for number in self.running() {
            let info = self.engine(number).info();
            let at = (info.last_block_height, info.last_block_app_hash.to_vec());
            assert_eq!(at, (last.height, last.app_hash.clone()), "replica {number}");
        }
    }
}
