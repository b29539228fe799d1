// A contract at an address, by its ABI. Generated classes give its methods names and types.

import { FvmError, fromHex, toHex } from "./bytes.mjs";
import { Types } from "./values.mjs";

const types = new WeakMap();

function typesOf(abi) {
  let found = types.get(abi);
  if (!found) {
    found = new Types(abi);
    types.set(abi, found);
  }
  return found;
}

function methodOf(abi, signature) {
  const method = abi.methods.find((each) => each.signature === signature);
  if (!method) throw new FvmError(`${abi.contract} has no ${signature}`);
  return method;
}

/** A contract. Members that begin with `$` are not the contract's own. */
export class Contract {
  $abi;
  $node;
  $address;

  constructor(abi, node, address) {
    this.$abi = abi;
    this.$node = node;
    this.$address = address;
  }

  /** Makes a contract of uploaded code. */
  static async $make(abi, node, code, values, signer, options = {}) {
    const bytes = typesOf(abi).encode(abi.constructor, values);
    const action = { kind: "deploy", code, arguments: bytes, value: options.value ?? 0n };
    const sent = await node.send(signer, [action], options);
    const { to } = sent.receipts.find((receipt) => receipt.kind === "create");
    return to;
  }

  /** Asks a view. */
  async $query(signature, values) {
    const method = methodOf(this.$abi, signature);
    const known = typesOf(this.$abi);
    const bytes = toHex(known.encode(method.params, values));
    const number = Number(method.id);
    const answer = await this.#told(() =>
      this.$node.call("fvm_call", this.$address, number, bytes));
    return known.decode(method.result, fromHex(answer.result));
  }

  /** The action that calls an entry, for a transaction with several. */
  $action(signature, values, value = 0n) {
    const method = methodOf(this.$abi, signature);
    const bytes = typesOf(this.$abi).encode(method.params, values);
    const number = Number(method.id);
    return { kind: "call", to: this.$address, method: number, arguments: bytes, value };
  }

  /** Calls an entry, and waits for what it gives. */
  async $send(signature, values, signer, options = {}) {
    const method = methodOf(this.$abi, signature);
    const action = this.$action(signature, values, options.value);
    const sent = await this.#told(() => this.$node.send(signer, [action], options));
    const { ending } = sent.receipts.find((receipt) => receipt.kind === "call");
    const result = typesOf(this.$abi).decode(method.result, fromHex(ending.result));
    return { ...sent, result };
  }

  /** Problems of the contract are told with their values. */
  async #told(work) {
    try {
      return await work();
    } catch (error) {
      const record = error.problem ?? error.data;
      if (error instanceof FvmError && record?.bytes) error.problem = this.$record(record.bytes);
      throw error;
    }
  }

  /** A record that the contract wrote: its type and value where they are known. */
  $record(bytes) {
    return typesOf(this.$abi).record(fromHex(bytes));
  }

  /** The contract's events from a place on, as they come. */
  async *$events(options = {}) {
    for await (const receipt of this.$node.receipts(options)) {
      if (receipt.to !== this.$address) continue;
      for (const event of receipt.events) {
        yield { ...this.$record(event.bytes), receipt };
      }
    }
  }

  /** The contract's Stories from a number on. */
  async $stories(from = 0) {
    const stories = await this.$node.call("fvm_getStories", this.$address, from);
    return stories.map((story) => ({ ...this.$record(story.record.bytes), story }));
  }
}
