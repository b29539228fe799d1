// Values go to a contract that gives them back: what JavaScript encodes is what contracts read.

import assert from "node:assert/strict";
import { FvmError, Node } from "./client/fvm/index.mjs";
import { Echo } from "./client/Echo.mjs";

const [url, address] = process.argv.slice(2);
const echo = new Echo(new Node(url), address);
const hash = `0x${"0f".repeat(32)}`;

const values = {
  unit: [null],
  boolean: [true, false],
  char: ["é"],
  int: [-2147483648, 0, 2147483647],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  text: ["", "a \"b\" ü 😀"],
  bytes: ["0x", "0x00ff"],
  hash: [hash],
  address: [address],
  amount: [250000000000000000n, 2n ** 128n - 1n],
  unsigned: [0n, 2n ** 128n - 1n],
  signed: [-(2n ** 127n), -1n, 255n],
  wide: [0n, 2n ** 256n - 1n],
  unbounded: [0n, 256n, -(10n ** 30n)],
  option: [null, { some: null }, { some: 3 }],
  either: [{ left: "no" }, { right: -1n }],
  list: [[], [3, 1, 2]],
  vector: [["b", "a"]],
  set: [new Set([2n, 3n, -1n])],
  map: [new Map([["a", []], ["bb", [2]]])],
  keyed: [[[[0, false], { case: "Blue" }], [[1, true], { case: "Red" }]]],
  tuple: [[1, "two", false]],
  color: [{ case: "Green" }],
  shape: [
    { case: "Point" },
    { case: "Box", width: 1, height: 2, color: { case: "Blue" } },
  ],
  tree: [{ case: "Node", left: { case: "Leaf" }, value: 1, right: { case: "Leaf" } }],
  generic: [{ first: 1, second: { case: "Red" } }],
  order: [{
    id: 7n,
    from: address,
    price: 15n,
    stages: [{ case: "Circle", radius: 2 }, { case: "Point" }],
    note: null,
  }],
  span: [{ seconds: 3n }],
  share: [{ basisPoints: 500 }],
  ref: [{ address }],
  problem: [{ type: "0x0011223344556677", number: 3, fields: "0x01", text: "unknown" }],
  mark: [{}],
  user: [7n],
  users: [new Map([[1n, { first: 2n, second: 3 }]])],
  named: [[7n, "me"]],
};
for (const [method, all] of Object.entries(values)) {
  for (const value of all) assert.deepEqual(await echo[method](value), value, method);
}
// Keys come sorted by their bytes, and once.
const given = new Map([["bb", [1]], ["a", []]]);
assert.deepEqual(Array.from((await echo.map(given)).keys()), ["a", "bb"]);
assert.deepEqual(await echo.two(1, "x"), [1, "x"]);
assert.equal(await echo.shapeShown({ case: "Circle", radius: 4 }), "Circle(4)");

const problem = await echo.fails(0).then(() => null, (error) => error.problem);
assert.equal(problem.type, "echo.Echo.Fault");
assert.deepEqual(problem.value, { case: "TooSmall", x: 0, color: { case: "Green" } });

const wrong = [
  ["int", 2147483648, /Int: a number from/],
  ["int", 1n, /Int: a number/],
  ["long", 1, /Long: a bigint/],
  ["unsigned", -1n, /UInt128/],
  ["text", "\ud800", /half letters/],
  ["char", "ab", /one UTF-16 unit/],
  ["bytes", "0x0", /expected bytes/],
  ["hash", "0x00", /32 bytes/],
  ["address", "0x00", /20 bytes/],
  ["color", { case: "Yellow" }, /a case of Red, Green, Blue/],
  ["list", [1, "x"], /x: \[1\]: expected Int/],
  ["order", { id: 1n }, /x: from: expected bytes/],
];
for (const [method, value, says] of wrong) {
  await assert.rejects(echo[method](value), (error) => {
    assert(error instanceof FvmError, `${method}: ${error}`);
    assert.match(error.message, says, method);
    return true;
  });
}
console.log("all values came back");
