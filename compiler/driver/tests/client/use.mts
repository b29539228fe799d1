// Never runs: what the type checker of TypeScript takes of clients, and what it refuses.

import { Node, ed25519Signer, FvmError } from "./client/fvm/index.mjs";
import { Till, Tag } from "./client/Till.mjs";
import { Echo } from "./client/Echo.mjs";
const node = new Node();
const till = new Till(node, "0x00");
const signer = await ed25519Signer("0x00");
const tags: Tag[] = [{ case: "Cash" }, { case: "Card", number: 7n }];
const sent = await till.take("x", tags, signer, { value: 1n });
const n: number = sent.result;
const last = await till.lastEntry();
if (last) console.log(last.amount + 1n, last.tags[0]);
for await (const event of till.$events()) {
  if (event.value?.case === "Taken") console.log(event.value.amount, n);
}
// @ts-expect-error a number is no bigint
await till.takenFrom(3);
const echo = new Echo(node, "0x00");
const m: ReadonlyMap<string, readonly number[]> = await echo.map(new Map([["a", [1]]]));
console.log(m, FvmError);
// @ts-expect-error there is no such case
await echo.color({ case: "Yellow" });
