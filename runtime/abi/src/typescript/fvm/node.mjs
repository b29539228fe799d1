// A node: requests, transactions on their way, and the stream of receipts.

import { FvmError, Writer, fromHex, readAddress, showAddress, toHex } from "./bytes.mjs";
import { blake3 } from "./hash.mjs";

const NOT_FOUND = -32001;
/** What is in front of a secret of ed25519 in the encoding that WebCrypto reads. */
const PKCS8 = fromHex("0x302e020100300506032b657004220420");

function concat(...parts) {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A signer with a secret key of ed25519: 32 bytes as hexadecimal digits. */
export async function ed25519Signer(secret) {
  const bytes = concat(PKCS8, fromHex(secret));
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey("pkcs8", bytes, { name: "Ed25519" }, true, ["sign"]);
  const { x } = await subtle.exportKey("jwk", key);
  const text = atob(x.replaceAll("-", "+").replaceAll("_", "/"));
  const open = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const hash = blake3(concat(new TextEncoder().encode("fvm/ed25519"), open));
  return {
    address: showAddress(hash.subarray(12)),
    async sign(message) {
      const signature = new Uint8Array(await subtle.sign("Ed25519", key, message));
      return concat(Uint8Array.of(0), open, signature);
    },
  };
}

function putAction(action, out) {
  const putBytes = (bytes) => {
    out.little(bytes.length, 4);
    out.raw(bytes);
  };
  switch (action.kind) {
    case "pay":
      out.byte(0);
      out.raw(readAddress(action.to));
      break;
    case "call":
      out.byte(1);
      out.raw(readAddress(action.to));
      out.little(action.method, 4);
      putBytes(action.arguments);
      break;
    case "deploy":
      out.byte(2);
      out.raw(fromHex(action.code));
      putBytes(action.arguments);
      break;
    default:
      throw new FvmError(`there is no action ${String(action.kind)}`);
  }
  out.little(action.value ?? 0n, 16);
}

/** A transaction in the form that is signed. */
function encode(transaction) {
  const out = new Writer();
  out.little(transaction.chain, 8);
  out.raw(readAddress(transaction.signer));
  out.little(transaction.nonce, 8);
  out.little(transaction.gas, 8);
  out.little(transaction.feeMax, 16);
  out.little(transaction.tip, 16);
  out.byte(0); // It may stand in any block.
  out.little(transaction.actions.length, 4);
  transaction.actions.forEach((action) => putAction(action, out));
  return out.done();
}

function hashOf(bytes) {
  return blake3(concat(new TextEncoder().encode("fvm/tx/1"), bytes));
}

function pause(milliseconds) {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}

/** How messages end, to compare simulations. */
function outcome(receipts) {
  return JSON.stringify(receipts.map(({ to, ending }) => [to, ending.status, ending.problem]));
}

function gasOf(receipts) {
  return receipts.reduce((sum, receipt) => sum + receipt.gasUsed, 0);
}

/** A failure among receipts. */
export function failureOf(receipts) {
  return receipts.find(({ ending }) => ["failed", "deadLetter", "refused"].includes(ending.status));
}

/** The node at a URL. */
export class Node {
  #url;
  #id = 0;

  constructor(url = "http://localhost:8545") {
    this.#url = url.replace(/\/+$/, "");
  }

  /** Calls a method of JSON-RPC; gives its result. */
  async call(method, ...params) {
    this.#id += 1;
    const response = await fetch(`${this.#url}/rpc`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: this.#id, method, params }),
    });
    if (!response.ok) throw new FvmError(`${this.#url} answers ${response.status}`);
    const answer = await response.json();
    if (answer.error) {
      const { code, message, data } = answer.error;
      throw new FvmError(message, { code, data });
    }
    return answer.result;
  }

  /** Coins of an account, in the smallest unit. */
  async balance(address) {
    return BigInt((await this.call("fvm_getAccount", address)).balance);
  }

  /** Signs and sends a transaction with these actions, unless it would fail now, and waits. */
  async send(signer, actions, options = {}) {
    const draft = await this.#draft(signer, actions, options);
    const failed = failureOf(draft.receipts);
    if (failed && !options.force) {
      const { problem, reason } = failed.ending;
      const details = { receipt: failed, problem };
      throw new FvmError(`it would fail: ${problem?.text ?? reason}`, details);
    }
    const bytes = encode({ ...draft.transaction, nonce: draft.nonceNext });
    const hash = hashOf(bytes);
    const signature = await signer.sign(hash);
    await this.call("fvm_sendTransaction", toHex(concat(bytes, signature)));
    return this.wait(toHex(hash), options.waitSeconds);
  }

  /** What a transaction with these actions would do: its receipts, with changes. */
  async simulate(signer, actions, options = {}) {
    return (await this.#draft(signer, actions, options)).receipts;
  }

  async #draft(signer, actions, options) {
    const [info, parameters, account] = await Promise.all([
      this.call("fvm_chainInfo"),
      this.call("fvm_getParams"),
      this.call("fvm_getAccount", signer.address),
    ]);
    const tip = options.tip ?? 1n;
    const feeMax = options.feeMax ?? 2n * BigInt(info.baseFee) + tip;
    const base = {
      chain: info.chain, signer: signer.address, nonce: account.nonce, feeMax, tip, actions,
    };
    const run = async (gas) => {
      const transaction = { ...base, gas };
      const { receipts } = await this.call("fvm_simulate", toHex(encode(transaction)));
      const trace = toHex(hashOf(encode(transaction)));
      const ours = receipts.filter((receipt) => receipt.trace === trace);
      return { transaction, receipts: ours, nonceNext: account.nextNonce };
    };
    if (options.gas !== undefined) return run(options.gas);
    const spent = actions.reduce((sum, action) => sum + (action.value ?? 0n), 0n);
    const left = BigInt(account.balance) - spent;
    if (left < 0n) {
      throw new FvmError(`${signer.address} has ${account.balance}, and ${spent} are to be sent`);
    }
    const affordable = Number(left / (feeMax > 0n ? feeMax : 1n));
    const most = await run(Math.min(parameters.messageGasMax, affordable));
    // Gas is shared out in parts, so that more may be needed than is used.
    let gas = Math.ceil(gasOf(most.receipts) * 1.25);
    while (gas > 0 && gas < most.transaction.gas) {
      const draft = await run(gas);
      if (outcome(draft.receipts) === outcome(most.receipts)) return draft;
      gas *= 2;
    }
    return most;
  }

  /** Waits until a transaction and all that it causes is done; gives its receipts. */
  async wait(hash, seconds = 60) {
    let [waited, next] = [0, 20];
    for (;;) {
      const trace = await this.call("fvm_getTrace", hash).catch((error) => {
        if (error.code === NOT_FOUND) return null;
        throw error;
      });
      if (trace?.isComplete) {
        const failed = failureOf(trace.receipts);
        const { problem, reason } = failed?.ending ?? {};
        const details = { hash, receipts: trace.receipts, receipt: failed, problem };
        if (failed) throw new FvmError(`it failed: ${problem?.text ?? reason}`, details);
        return { hash, receipts: trace.receipts, gasUsed: gasOf(trace.receipts) };
      }
      if (waited >= 1000 * seconds) {
        throw new FvmError(`${hash} is not done after ${seconds} s`, { hash });
      }
      await pause(next);
      waited += next;
      next = Math.min(2 * next, 500);
    }
  }

  /**
   * Receipts from a place on, `HEIGHT:POSITION`, in order and without gaps, as they come: over a
   * WebSocket where there is one, else as server-sent events.
   */
  async *receipts(options = {}) {
    const WebSocket = options.webSocket ?? globalThis.WebSocket;
    let from = options.from;
    if (from === undefined) {
      const { last } = await this.call("fvm_chainInfo");
      from = `${last.height + 1}:0`;
    }
    yield* WebSocket && options.webSocket !== null
      ? this.#overWebSocket(WebSocket, from, options.signal)
      : this.#overEvents(from, options.signal);
  }

  async *#overWebSocket(WebSocket, from, signal) {
    const socket = new WebSocket(`${this.#url.replace(/^http/, "ws")}/ws`);
    const arrived = [];
    let wake = () => {};
    let problem = null;
    const end = (error) => {
      problem ??= error;
      wake();
    };
    socket.addEventListener("open", () => socket.send(JSON.stringify({
      jsonrpc: "2.0", id: 1, method: "fvm_subscribe", params: [from],
    })));
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data);
      if (message.method === "fvm_receipt") arrived.push(message.params[0]);
      if (message.error) end(new FvmError(message.error.message));
      wake();
    });
    socket.addEventListener("close", () => end(new FvmError("the node has closed the stream")));
    socket.addEventListener("error", () => end(new FvmError("the stream has broken off")));
    // The socket is closed at once: whoever does not ask for more would not close it.
    const abort = () => {
      end(null);
      socket.close();
    };
    signal?.addEventListener("abort", abort);
    try {
      for (;;) {
        while (arrived.length > 0) yield arrived.shift();
        if (signal?.aborted) return;
        if (problem) throw problem;
        await new Promise((done) => {
          wake = done;
        });
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      socket.close();
    }
  }

  async *#overEvents(from, signal) {
    const stop = new AbortController();
    const abort = () => stop.abort();
    signal?.addEventListener("abort", abort);
    try {
      const url = `${this.#url}/v1/stream?from=${encodeURIComponent(from)}`;
      const response = await fetch(url, { signal: stop.signal });
      if (!response.ok) throw new FvmError(`${this.#url} answers ${response.status}`);
      let text = "";
      const decoder = new TextDecoder();
      for await (const part of response.body) {
        text += decoder.decode(part, { stream: true });
        const events = text.split("\n\n");
        text = events.pop();
        for (const event of events) {
          const lines = event.split("\n").filter((line) => line.startsWith("data:"));
          const data = lines.map((line) => line.slice(5).trimStart()).join("\n");
          if (data) yield JSON.parse(data);
        }
      }
      throw new FvmError("the node has closed the stream");
    } catch (error) {
      if (!signal?.aborted) throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
      stop.abort();
    }
  }
}
