// What a program needs to talk to contracts on a node.

/** Bytes: `0x` and two hexadecimal digits for each. */
export type Hex = string;
/** An address: `0x` and 40 digits, with the checksum of EIP-55. */
export type Address = string;

/** Something that the node, the ledger or a contract refuses, or that is no value of its type. */
export class FvmError extends Error {
  /** The code of JSON-RPC, where a node refuses. */
  readonly code?: number;
  /** The hash of a transaction that was sent. */
  readonly hash?: Hex;
  /** The receipt of the message that failed. */
  readonly receipt?: Receipt;
  /** What the contract reports. */
  readonly problem?: Told<unknown> | RawRecord;
}

export function toHex(bytes: Uint8Array): Hex;
export function fromHex(text: Hex): Uint8Array;
export function showAddress(bytes: Uint8Array): Address;
export function readAddress(text: Address): Uint8Array;
export function blake3(bytes: Uint8Array): Uint8Array;
export function keccak256(bytes: Uint8Array): Uint8Array;

/** What the ABI of a contract looks like: `docs/abi.schema.json` of the compiler. */
export interface Abi {
  readonly abi: 1;
  readonly contract: string;
  readonly constructor: readonly Field[];
  readonly methods: readonly {
    readonly name: string;
    readonly kind: "entry" | "payable" | "view" | "handler";
    readonly id: Hex;
    readonly signature: string;
    readonly params: readonly Field[];
    readonly result: string;
    readonly effects: readonly string[];
  }[];
  readonly storage: readonly {
    readonly name: string;
    readonly kind: "value" | "map" | "set";
    readonly type: string;
  }[];
  readonly events: readonly RecordType[];
  readonly stories: readonly RecordType[];
  readonly problems: readonly RecordType[];
  readonly types: { readonly [name: string]: Described };
}
export interface Field {
  readonly name: string;
  readonly type: string;
}
export interface RecordType {
  readonly type: string;
  readonly hash: Hex;
}
export type Described =
  | { readonly kind: "product"; readonly fields: readonly Field[] }
  | {
      readonly kind: "sum";
      readonly cases: readonly { readonly name: string; readonly fields: readonly Field[] }[];
    };

/** A record as a node gives it. */
export interface RawRecord {
  readonly text: string;
  readonly bytes: Hex;
}
/** A record of which only the base is known. */
export interface OpenRecord {
  readonly type: Hex;
  readonly number: number;
  readonly fields: Hex;
  readonly text: string;
}
/** A record of a contract. */
export type Told<T> =
  | {
      /** The type and the value, where the contract's ABI knows them. */
      readonly type: string;
      readonly value: T;
      readonly hash: Hex;
      readonly number: number;
      readonly fields: Hex;
      readonly text: string;
    }
  | {
      readonly type: null;
      readonly value: null;
      readonly hash: Hex;
      readonly number: number;
      readonly fields: Hex;
      readonly text: string;
    };

/** What became of a message. */
export interface Receipt {
  readonly message: Hex;
  readonly trace: Hex;
  readonly height: number;
  readonly round: number;
  readonly position: number;
  readonly from: Address;
  readonly to: Address;
  readonly kind: string;
  readonly method: number | null;
  readonly value: string;
  readonly ending: {
    readonly status: "done" | "failed" | "deadLetter" | "refused" | "cancelled";
    readonly result?: Hex;
    readonly problem?: RawRecord;
    readonly reason?: string;
  };
  readonly gasUsed: number;
  readonly price: string;
  readonly emissions: readonly Hex[];
  readonly events: readonly RawRecord[];
  readonly stories: number;
  readonly [other: string]: unknown;
}

/** Who signs transactions. */
export interface Signer {
  readonly address: Address;
  /** The signature of a hash as the ledger encodes it: the number of its kind, then its bytes. */
  sign(hash: Uint8Array): Promise<Uint8Array>;
}
/** A signer with a secret key of ed25519: 32 bytes as hexadecimal digits. */
export function ed25519Signer(secret: Hex): Promise<Signer>;

export type Action =
  | { readonly kind: "pay"; readonly to: Address; readonly value: bigint }
  | {
      readonly kind: "call";
      readonly to: Address;
      readonly method: number;
      readonly arguments: Uint8Array;
      readonly value: bigint;
    }
  | {
      readonly kind: "deploy";
      readonly code: Hex;
      readonly arguments: Uint8Array;
      readonly value: bigint;
    };

export interface SendOptions {
  /** Coins that go with it. */
  readonly value?: bigint;
  /** Gas; as much as the simulation needs if absent. */
  readonly gas?: number;
  /** The most that a unit of gas may cost; twice the next base fee if absent. */
  readonly feeMax?: bigint;
  /** What of it goes to the proposer; 1 if absent. */
  readonly tip?: bigint;
  /** Send although it would fail now. */
  readonly force?: boolean;
  /** How long to wait; 60 if absent. */
  readonly waitSeconds?: number;
}
/** A transaction that is done. */
export interface Sent {
  readonly hash: Hex;
  readonly receipts: readonly Receipt[];
  readonly gasUsed: number;
}

export interface StreamOptions {
  /** `HEIGHT:POSITION`; what comes from now on if absent. */
  readonly from?: string;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
  /** The class of WebSockets, where it is not the global one; `null` for server-sent events. */
  readonly webSocket?: (new (url: string) => WebSocket) | null;
}

/** A failure among receipts. */
export function failureOf(receipts: readonly Receipt[]): Receipt | undefined;

/** The node at a URL. */
export class Node {
  constructor(url?: string);
  /** Calls a method of JSON-RPC; gives its result. */
  call(method: string, ...params: readonly unknown[]): Promise<any>;
  /** Coins of an account, in the smallest unit. */
  balance(address: Address): Promise<bigint>;
  /** Signs and sends a transaction with these actions, unless it would fail now, and waits. */
  send(signer: Signer, actions: readonly Action[], options?: SendOptions): Promise<Sent>;
  /** What a transaction with these actions would do: its receipts, with changes. */
  simulate(
    signer: { readonly address: Address },
    actions: readonly Action[],
    options?: SendOptions,
  ): Promise<readonly Receipt[]>;
  /** Waits until a transaction and all that it causes is done. */
  wait(hash: Hex, seconds?: number): Promise<Sent>;
  /** Receipts from a place on, in order and without gaps, as they come. */
  receipts(options?: StreamOptions): AsyncGenerator<Receipt, void, void>;
}

/** A contract. Members that begin with `$` are not the contract's own. */
export class Contract<Event = unknown, Story = unknown> {
  readonly $abi: Abi;
  readonly $node: Node;
  readonly $address: Address;
  constructor(abi: Abi, node: Node, address: Address);
  static $make(
    abi: Abi,
    node: Node,
    code: Hex,
    values: readonly unknown[],
    signer: Signer,
    options?: SendOptions,
  ): Promise<Address>;
  $query(signature: string, values: readonly unknown[]): Promise<unknown>;
  $action(signature: string, values: readonly unknown[], value?: bigint): Action;
  $send(
    signature: string,
    values: readonly unknown[],
    signer: Signer,
    options?: SendOptions,
  ): Promise<Sent & { readonly result: unknown }>;
  $record(bytes: Hex): Told<unknown>;
  /** The contract's events from a place on, as they come. */
  $events(
    options?: StreamOptions,
  ): AsyncGenerator<Told<Event> & { readonly receipt: Receipt }, void, void>;
  /** The contract's Stories from a number on. */
  $stories(from?: number): Promise<readonly (Told<Story> & { readonly story: unknown })[]>;
}

/** Values of the types of an ABI as bytes. */
export class Types {
  constructor(abi: Abi);
  encode(params: readonly Field[], values: readonly unknown[]): Uint8Array;
  decode(type: string, bytes: Uint8Array): unknown;
  record(bytes: Uint8Array): Told<unknown>;
}
