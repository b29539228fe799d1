// A contract is called, its events are followed over both kinds of streams, and its Story is read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { FvmError, Node, ed25519Signer } from "./client/fvm/index.mjs";
import { Till } from "./client/Till.mjs";

const [url, address, keyFile] = process.argv.slice(2);
const node = new Node(url);
const till = new Till(node, address);
const signer = await ed25519Signer(readFileSync(keyFile, "utf8").trim());
const COIN = 10n ** 18n;

const before = await node.balance(signer.address);
const { last } = await node.call("fvm_chainInfo");
const from = `${last.height + 1}:0`;
const tags = [{ case: "Cash" }, { case: "Card", number: 7n }];
const sent = await till.take("by a program", tags, signer, { value: COIN / 2n });
assert.equal(sent.result, 1);
assert.equal(await till.takenFrom(signer.address), COIN / 2n);
const spent = before - (await node.balance(signer.address));
assert(spent > COIN / 2n && spent < COIN, `${spent}`);
const entry = { from: signer.address, amount: COIN / 2n, note: "by a program", tags };
assert.deepEqual(await till.lastEntry(), entry);
assert.equal(await till["add_Int"](1), 2);
assert.equal(await till["add_Int_Int"](1, 2), 3);

// With a WebSocket where there is one, and with server-sent events: the same.
assert.equal(typeof WebSocket, "function", "this test runs with --experimental-websocket");
for (const webSocket of [undefined, null]) {
  const stop = new AbortController();
  const events = till.$events({ from, webSocket, signal: stop.signal });
  const { value: first } = await events.next();
  const { from: who, amount } = first.value;
  assert.deepEqual([first.type, who, amount], ["till.Till.Log", signer.address, COIN / 2n]);
  assert.deepEqual(first.value.tags, tags);
  // One that comes while somebody waits for it.
  const next = events.next();
  await till.take("again", [], signer, { value: 1n });
  assert.equal((await next).value.value.case, "Taken");
  stop.abort();
  assert.equal((await events.next()).done, true);
}

const height = (await node.call("fvm_chainInfo")).last.height;
const problem = await till.take("too much", [], signer, { value: 2n * COIN }).catch((error) => {
  assert(error instanceof FvmError, `${error.stack}`);
  return error.problem;
});
assert.deepEqual(problem.value, { case: "WrongAmount", sent: 2n * COIN, limit: COIN });
assert.equal((await node.call("fvm_chainInfo")).last.height, height, "nothing was sent");
const forced = till.take("too much", [], signer, { value: 2n * COIN, force: true });
await assert.rejects(forced, /it failed: WrongAmount/);

await till.close("done", signer);
const [story] = await till.$stories();
const { by, reason } = story.value;
assert.deepEqual([by, reason], [signer.address, "done"]);
console.log("the till is closed");
