// Bytes as text, and writers and readers of the forms that contracts and the ledger use.

import { keccak256 } from "./hash.mjs";

/** Something that the node, the ledger or a contract refuses, or that is no value of its type. */
export class FvmError extends Error {
  constructor(message, details = {}) {
    super(message);
    this.name = "FvmError";
    Object.assign(this, details);
  }
}

/** `0x` and two digits for each byte. */
export function toHex(bytes) {
  return "0x" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of such a text. */
export function fromHex(text) {
  if (typeof text !== "string" || !/^0x([0-9a-fA-F]{2})*$/.test(text)) {
    throw new FvmError(`expected bytes, 0x and pairs of digits, given ${String(text)}`);
  }
  return Uint8Array.from({ length: text.length / 2 - 1 }, (_, at) =>
    Number.parseInt(text.slice(2 * at + 2, 2 * at + 4), 16));
}

/** An address as EIP-55 writes it. */
export function showAddress(bytes) {
  const digits = toHex(bytes).slice(2);
  const hash = toHex(keccak256(new TextEncoder().encode(digits))).slice(2);
  const letters = Array.from(digits, (digit, at) =>
    Number.parseInt(hash[at], 16) >= 8 ? digit.toUpperCase() : digit);
  return "0x" + letters.join("");
}

/** The bytes of an address, whose checksum is looked at if it has one. */
export function readAddress(text) {
  const bytes = fromHex(text);
  if (bytes.length !== 20) throw new FvmError(`an address has 20 bytes: ${text}`);
  const digits = text.slice(2);
  const isMixed = /[a-f]/.test(digits) && /[A-F]/.test(digits);
  if (isMixed && showAddress(bytes) !== text) {
    throw new FvmError(`the address does not agree with its checksum: ${text}`);
  }
  return bytes;
}

/** Bytes under construction. Contracts write the highest byte first, the ledger the lowest. */
export class Writer {
  #bytes = [];

  byte(value) {
    this.#bytes.push(value & 255);
  }
  raw(bytes) {
    for (const byte of bytes) this.#bytes.push(byte);
  }
  /** A whole number in so many bytes, in two's complement. */
  big(value, count) {
    for (let at = count - 1; at >= 0; at -= 1) {
      this.#bytes.push(Number((value >> BigInt(8 * at)) & 255n));
    }
  }
  little(value, count) {
    for (let at = 0; at < count; at += 1) {
      this.#bytes.push(Number((BigInt(value) >> BigInt(8 * at)) & 255n));
    }
  }
  /** The length, then the bytes. */
  bytes(bytes) {
    this.big(BigInt(bytes.length), 4);
    this.raw(bytes);
  }
  done() {
    return Uint8Array.from(this.#bytes);
  }
}

/** Values inside of each other, and parts of one value: elements without bytes cost nothing. */
const DEPTH_MAX = 128, PARTS_MAX = 1 << 20;

/** Bytes that a contract wrote. */
export class Reader {
  #bytes;
  #at = 0;
  #depth = 0;
  #parts = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }
  raw(count) {
    if (count > this.#bytes.length - this.#at) throw new FvmError("the bytes end too early");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
  byte() {
    return this.raw(1)[0];
  }
  big(count, isSigned) {
    let value = 0n;
    for (const byte of this.raw(count)) value = (value << 8n) | BigInt(byte);
    return isSigned ? BigInt.asIntN(8 * count, value) : value;
  }
  count() {
    return Number(this.big(4, false));
  }
  bytes() {
    return this.raw(this.count());
  }
  flag() {
    const byte = this.byte();
    if (byte > 1) throw new FvmError("no flag has this byte");
    return byte === 1;
  }
  text() {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes());
  }
  /** Reads a value that is a part of another one. */
  part(read) {
    this.#depth += 1;
    this.#parts += 1;
    if (this.#depth > DEPTH_MAX || this.#parts > PARTS_MAX) {
      throw new FvmError("the value is too large or too deep");
    }
    const value = read(this);
    this.#depth -= 1;
    return value;
  }
  finish() {
    const left = this.#bytes.length - this.#at;
    if (left > 0) throw new FvmError(`${left} bytes follow the value`);
  }
}
