// BLAKE3 and Keccak-256, for ids of transactions and the checksums of addresses. Written plainly:
// what is hashed here is short.

const IV = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const ORDER = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
const MIXED = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];
const CHUNK_START = 1, CHUNK_END = 2, PARENT = 4, ROOT = 8;
const BLOCK_BYTES = 64, CHUNK_BYTES = 1024, ROUNDS = 7;

function rotate(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** The eight words that a block leaves of a chaining value. */
function compress(chain, words, counter, length, flags) {
  const high = Math.floor(counter / 0x100000000);
  const v = [...chain, ...IV.slice(0, 4), counter >>> 0, high, length, flags];
  for (let round = 0; round < ROUNDS; round += 1) {
    MIXED.forEach(([a, b, c, d], at) => {
      v[a] = (v[a] + v[b] + words[2 * at]) | 0;
      v[d] = rotate(v[d] ^ v[a], 16);
      v[c] = (v[c] + v[d]) | 0;
      v[b] = rotate(v[b] ^ v[c], 12);
      v[a] = (v[a] + v[b] + words[2 * at + 1]) | 0;
      v[d] = rotate(v[d] ^ v[a], 8);
      v[c] = (v[c] + v[d]) | 0;
      v[b] = rotate(v[b] ^ v[c], 7);
    });
    words = ORDER.map((at) => words[at]);
  }
  return v.slice(0, 8).map((word, at) => word ^ v[at + 8]);
}

function wordsOf(bytes) {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(bytes);
  const view = new DataView(block.buffer);
  return Array.from({ length: 16 }, (_, at) => view.getUint32(4 * at, true));
}

function chunk(bytes, counter, root) {
  let chain = IV;
  let at = 0;
  do {
    const block = bytes.subarray(at, at + BLOCK_BYTES);
    const isLast = at + BLOCK_BYTES >= bytes.length;
    const flags = (at === 0 ? CHUNK_START : 0) | (isLast ? CHUNK_END | root : 0);
    chain = compress(chain, wordsOf(block), counter, block.length, flags);
    at += BLOCK_BYTES;
  } while (at < bytes.length);
  return chain;
}

/** The chaining value of a part of the input; as deep as its length has binary digits. */
function subtree(bytes, counter, root) {
  if (bytes.length <= CHUNK_BYTES) return chunk(bytes, counter, root);
  let left = CHUNK_BYTES;
  while (2 * left < bytes.length) left *= 2;
  const words = [
    ...subtree(bytes.subarray(0, left), counter, 0),
    ...subtree(bytes.subarray(left), counter + left / CHUNK_BYTES, 0),
  ];
  return compress(IV, words, 0, BLOCK_BYTES, PARENT | root);
}

/** BLAKE3, 32 bytes. */
export function blake3(bytes) {
  const out = new DataView(new ArrayBuffer(32));
  subtree(bytes, 0, ROOT).forEach((word, at) => out.setUint32(4 * at, word >>> 0, true));
  return new Uint8Array(out.buffer);
}

const MASK = (1n << 64n) - 1n;
const ROUND_CONSTANTS = [
  0x0000000000000001n, 0x0000000000008082n, 0x800000000000808an, 0x8000000080008000n,
  0x000000000000808bn, 0x0000000080000001n, 0x8000000080008081n, 0x8000000000008009n,
  0x000000000000008an, 0x0000000000000088n, 0x0000000080008009n, 0x000000008000000an,
  0x000000008000808bn, 0x800000000000008bn, 0x8000000000008089n, 0x8000000000008003n,
  0x8000000000008002n, 0x8000000000000080n, 0x000000000000800an, 0x800000008000000an,
  0x8000000080008081n, 0x8000000000008080n, 0x0000000080000001n, 0x8000000080008008n,
];
const RATE_BYTES = 136;

function rotate64(lane, by) {
  return ((lane << by) | (lane >> (64n - by))) & MASK;
}

function permute(state) {
  for (const constant of ROUND_CONSTANTS) {
    const column = [0, 1, 2, 3, 4].map((x) =>
      state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]);
    for (let at = 0; at < 25; at += 1) {
      const x = at % 5;
      state[at] ^= column[(x + 4) % 5] ^ rotate64(column[(x + 1) % 5], 1n);
    }
    let [x, y, carried] = [1, 0, state[1]];
    for (let step = 0; step < 24; step += 1) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const by = BigInt(((step + 1) * (step + 2) / 2) % 64);
      [state[x + 5 * y], carried] = [rotate64(carried, by), state[x + 5 * y]];
    }
    for (let row = 0; row < 25; row += 5) {
      const lanes = state.slice(row, row + 5);
      for (let x = 0; x < 5; x += 1) {
        state[row + x] = lanes[x] ^ (~lanes[(x + 1) % 5] & MASK & lanes[(x + 2) % 5]);
      }
    }
    state[0] ^= constant;
  }
}

/** Keccak-256 with the padding of Ethereum, 32 bytes. */
export function keccak256(bytes) {
  const padded = new Uint8Array((Math.floor(bytes.length / RATE_BYTES) + 1) * RATE_BYTES);
  padded.set(bytes);
  padded[bytes.length] ^= 0x01;
  padded[padded.length - 1] ^= 0x80;
  const state = new Array(25).fill(0n);
  const view = new DataView(padded.buffer);
  for (let from = 0; from < padded.length; from += RATE_BYTES) {
    for (let lane = 0; lane < RATE_BYTES / 8; lane += 1) {
      state[lane] ^= view.getBigUint64(from + 8 * lane, true);
    }
    permute(state);
  }
  const out = new DataView(new ArrayBuffer(32));
  for (let lane = 0; lane < 4; lane += 1) out.setBigUint64(8 * lane, state[lane], true);
  return new Uint8Array(out.buffer);
}
