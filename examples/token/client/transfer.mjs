// Moves tokens and watches it happen. From the root of the repository:
//
//   fscc bind examples/token/Token.scala --out-dir examples/token/client/generated
//   fscc wallet export alice --file secret-key
//   node examples/token/client/transfer.mjs URL TOKEN secret-key TO AMOUNT

import { readFileSync } from "node:fs";
import { FvmError, Node, ed25519Signer } from "./generated/fvm/index.mjs";
import { Token } from "./generated/Token.mjs";

const [url, address, keyFile, to, amount] = process.argv.slice(2);
if (amount === undefined) {
  console.error("usage: node transfer.mjs URL TOKEN KEY-FILE TO AMOUNT");
  process.exit(2);
}

const node = new Node(url);
const token = new Token(node, address);
const signer = await ed25519Signer(readFileSync(keyFile, "utf8").trim());
console.log(`there are ${await token.totalSupply()} units`);

// Events are followed from before the transfer on, so that none is missed.
const { last } = await node.call("fvm_chainInfo");
const stop = new AbortController();
const events = token.$events({ from: `${last.height + 1}:0`, signal: stop.signal });

try {
  const sent = await token.transfer(to, BigInt(amount), signer);
  console.log(`sent in ${sent.hash} for ${sent.gasUsed} gas`);
  const { value: event } = await events.next();
  console.log(`the contract says: ${event.text}`);
  console.log(`${to} has ${await token.balanceOf(to)}`);
} catch (error) {
  if (!(error instanceof FvmError)) throw error;
  // Problems of the contract come with their values.
  console.error(`refused: ${error.problem?.value?.case ?? error.message}`);
  process.exitCode = 1;
} finally {
  stop.abort();
}
