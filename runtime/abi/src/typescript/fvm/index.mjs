// What a program needs to talk to contracts on a node.

export { FvmError, fromHex, readAddress, showAddress, toHex } from "./bytes.mjs";
export { blake3, keccak256 } from "./hash.mjs";
export { Node, ed25519Signer, failureOf } from "./node.mjs";
export { Contract } from "./contract.mjs";
export { Types } from "./values.mjs";
