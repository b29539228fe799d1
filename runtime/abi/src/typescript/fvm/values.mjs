// Values of the types that an ABI names, as bytes and back: the form that compiled contracts use.

import { FvmError, Reader, Writer, fromHex, readAddress, showAddress, toHex } from "./bytes.mjs";

const NUMBERS = {
  Byte: [1, true], Short: [2, true], Int: [4, true], Long: [8, true], Int128: [16, true],
  UInt128: [16, false], Amount: [16, false], UInt256: [32, false],
};
const RECORDS = ["Event", "Problem", "Story"];
const TYPE_DEPTH_MAX = 64;

/** A name such as `Map[Address,Option[Long]]`, taken apart. */
function parseType(text) {
  let at = 0;
  const parse = (depth) => {
    const start = at;
    while (at < text.length && !"[],".includes(text[at])) at += 1;
    const head = text.slice(start, at);
    const args = [];
    if (text[at] === "[" && depth < TYPE_DEPTH_MAX) {
      do {
        at += 1;
        args.push(parse(depth + 1));
      } while (text[at] === ",");
      if (text[at] !== "]") return { head: text, args: [] };
      at += 1;
    }
    return { name: text.slice(start, at), head, args };
  };
  const type = parse(0);
  return at === text.length ? type : { name: text, head: text, args: [] };
}

function wrong(what, value) {
  const shown = typeof value === "bigint" ? `${value}n` : JSON.stringify(value) ?? String(value);
  return new FvmError(`expected ${what}, given ${shown}`);
}

/** Adds where it happened to what is wrong with a part of a value. */
function inside(place, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof FvmError) error.message = `${place}: ${error.message}`;
    throw error;
  }
}

function number(name, bytes, isSigned) {
  const bits = BigInt(8 * bytes);
  const least = isSigned ? -(1n << (bits - 1n)) : 0n;
  const most = (isSigned ? 1n << (bits - 1n) : 1n << bits) - 1n;
  const isSmall = bytes <= 4;
  return {
    encode(value, out) {
      const isNumber = isSmall ? Number.isInteger(value) : typeof value === "bigint";
      if (!isNumber || value < least || value > most) {
        throw wrong(`${name}: a ${isSmall ? "number" : "bigint"} from ${least} to ${most}`, value);
      }
      out.big(BigInt(value), bytes);
    },
    decode(reader) {
      const value = reader.big(bytes, isSigned);
      return isSmall ? Number(value) : value;
    },
  };
}

const bigInt = {
  encode(value, out) {
    if (typeof value !== "bigint") throw wrong("BigInt: a bigint", value);
    const magnitude = value < 0n ? -value : value;
    const digits = magnitude === 0n ? "" : magnitude.toString(16);
    out.byte(value === 0n ? 0 : value < 0n ? 255 : 1);
    out.bytes(fromHex("0x" + (digits.length % 2 ? "0" : "") + digits));
  },
  decode(reader) {
    const sign = reader.byte();
    const bytes = reader.bytes();
    const isCanonical = bytes.length === 0 ? sign === 0 : bytes[0] !== 0 && (sign === 1 || sign === 255);
    if (!isCanonical) throw new FvmError("no BigInt has these bytes");
    const magnitude = bytes.length === 0 ? 0n : BigInt(toHex(bytes));
    return sign === 255 ? -magnitude : magnitude;
  },
};

const SIMPLE = {
  Unit: { encode() {}, decode: () => null },
  Boolean: {
    encode(value, out) {
      if (typeof value !== "boolean") throw wrong("Boolean", value);
      out.byte(value ? 1 : 0);
    },
    decode: (reader) => reader.flag(),
  },
  Char: {
    encode(value, out) {
      if (typeof value !== "string" || value.length !== 1) throw wrong("Char: one UTF-16 unit", value);
      out.big(BigInt(value.charCodeAt(0)), 2);
    },
    decode: (reader) => String.fromCharCode(Number(reader.big(2, false))),
  },
  String: {
    encode(value, out) {
      if (typeof value !== "string") throw wrong("String", value);
      if (!value.isWellFormed()) throw wrong("String without half letters", value);
      out.bytes(new TextEncoder().encode(value));
    },
    decode: (reader) => reader.text(),
  },
  Bytes: {
    encode: (value, out) => out.bytes(fromHex(value)),
    decode: (reader) => toHex(reader.bytes()),
  },
  Address: {
    encode: (value, out) => out.raw(readAddress(value)),
    decode: (reader) => showAddress(reader.raw(20)),
  },
  Hash: {
    encode(value, out) {
      const bytes = fromHex(value);
      if (bytes.length !== 32) throw wrong("Hash: 32 bytes", value);
      out.raw(bytes);
    },
    decode: (reader) => toHex(reader.raw(32)),
  },
  BigInt: bigInt,
};

/** A record of which the base alone is known. */
const record = {
  encode(value, out) {
    out.raw(fromHex(value.type));
    out.big(BigInt(value.number), 4);
    out.bytes(fromHex(value.fields));
    out.bytes(new TextEncoder().encode(value.text));
  },
  decode(reader) {
    const type = toHex(reader.raw(8));
    const number = reader.count();
    const fields = toHex(reader.bytes());
    return { type, number, fields, text: reader.text() };
  },
};

/** Whether `null` alone would not tell a value from none. */
function isNullable(type) {
  return type.head === "Option" || type.head === "Unit";
}

const PLAIN = ["Boolean", "Char", "String", "Bytes", "Address", "Hash", "BigInt"];

function compare(left, right) {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    if (left[at] !== right[at]) return left[at] - right[at];
  }
  return left.length - right.length;
}

/** What codecs of an ABI are made of; made when they are used first, since data may be recursive. */
export class Types {
  #abi;
  #codecs = new Map();

  constructor(abi) {
    this.#abi = abi;
  }

  /** Whether a `Map` of JavaScript finds equal keys of a type. */
  #isPlain({ name }) {
    const isKnown = Object.hasOwn(NUMBERS, name) || PLAIN.includes(name);
    return isKnown && !Object.hasOwn(this.#abi.types, name);
  }

  /** The codec of a type by its canonical name. */
  of(name) {
    return this.#of(parseType(name));
  }

  #of(type) {
    let codec = this.#codecs.get(type.name);
    if (!codec) {
      codec = this.#make(type);
      this.#codecs.set(type.name, codec);
    }
    return codec;
  }

  #make(type) {
    const described = Object.hasOwn(this.#abi.types, type.name) && this.#abi.types[type.name];
    if (described) {
      return described.kind === "sum"
        ? this.#sum(type, described.cases)
        : this.#product(type, described.fields);
    }
    const [first, second] = type.args;
    if (type.args.length === 0) {
      if (Object.hasOwn(SIMPLE, type.name)) return SIMPLE[type.name];
      if (Object.hasOwn(NUMBERS, type.name)) return number(type.name, ...NUMBERS[type.name]);
      if (RECORDS.includes(type.name)) return record;
    }
    if (type.args.length === 1) {
      if (type.head === "Option") return this.#option(first);
      if (["List", "Seq", "Vector"].includes(type.head)) return this.#sequence(type, first);
      if (type.head === "Set") return this.#set(type, first);
    }
    if (type.args.length === 2) {
      if (type.head === "Either") return this.#either(first, second);
      if (type.head === "Map") return this.#map(type, first, second);
    }
    throw new FvmError(`the ABI does not say what values of ${type.name} look like`);
  }

  #option(element) {
    const part = this.#lazy(element);
    return {
      encode(value, out) {
        const isSome = value !== null && value !== undefined;
        out.byte(isSome ? 1 : 0);
        if (isSome) part.encode(isNullable(element) ? value.some : value, out);
      },
      decode(reader) {
        if (!reader.flag()) return null;
        const value = part.decode(reader);
        return isNullable(element) ? { some: value } : value;
      },
    };
  }

  #either(left, right) {
    const [first, second] = [this.#lazy(left), this.#lazy(right)];
    return {
      encode(value, out) {
        const isRight = Object.hasOwn(value, "right");
        if (!isRight && !Object.hasOwn(value, "left")) throw wrong("left or right", value);
        out.byte(isRight ? 1 : 0);
        if (isRight) second.encode(value.right, out);
        else first.encode(value.left, out);
      },
      decode: (reader) =>
        reader.flag() ? { right: second.decode(reader) } : { left: first.decode(reader) },
    };
  }

  #sequence(type, element) {
    const part = this.#lazy(element);
    return {
      encode(value, out) {
        if (!Array.isArray(value)) throw wrong(`${type.name}: an array`, value);
        out.big(BigInt(value.length), 4);
        value.forEach((each, at) => inside(`[${at}]`, () => part.encode(each, out)));
      },
      decode: (reader) => {
        const values = [];
        for (let left = reader.count(); left > 0; left -= 1) values.push(part.decode(reader));
        return values;
      },
    };
  }

  #set(type, element) {
    const entries = this.#entries(type, this.#lazy(element), SIMPLE.Unit);
    return {
      encode: (value, out) => entries.encode(Array.from(value, (each) => [each, null]), out),
      decode: (reader) => {
        const values = entries.decode(reader).map(([each]) => each);
        return this.#isPlain(element) ? new Set(values) : values;
      },
    };
  }

  #map(type, key, value) {
    const entries = this.#entries(type, this.#lazy(key), this.#lazy(value));
    return {
      encode: (map, out) => entries.encode(Array.from(map), out),
      decode: (reader) => {
        const pairs = entries.decode(reader);
        return this.#isPlain(key) ? new Map(pairs) : pairs;
      },
    };
  }

  /** Entries in the order of the bytes of their keys, each key once: the last one counts. */
  #entries(type, key, value) {
    const bytesOf = (codec, part) => {
      const writer = new Writer();
      codec.encode(part, writer);
      return writer.done();
    };
    return {
      encode(pairs, out) {
        const sorted = new Map();
        for (const [left, right] of pairs) {
          const bytes = inside(type.name, () => bytesOf(key, left));
          sorted.set(toHex(bytes), [bytes, right]);
        }
        const entries = Array.from(sorted.values()).sort(([left], [right]) => compare(left, right));
        out.big(BigInt(entries.length), 4);
        for (const [bytes, right] of entries) {
          out.raw(bytes);
          inside(type.name, () => value.encode(right, out));
        }
      },
      decode(reader) {
        const pairs = [];
        let last = null;
        for (let left = reader.count(); left > 0; left -= 1) {
          const pair = [key.decode(reader), value.decode(reader)];
          const bytes = bytesOf(key, pair[0]);
          if (last && compare(last, bytes) >= 0) {
            throw new FvmError(`no ${type.name} has these bytes`);
          }
          last = bytes;
          pairs.push(pair);
        }
        return pairs;
      },
    };
  }

  #product(type, fields) {
    const isTuple = /^Tuple[0-9]+$/.test(type.head);
    const parts = this.#fields(fields);
    return {
      encode(value, out) {
        if (typeof value !== "object" || value === null) throw wrong(type.name, value);
        parts.encode(isTuple ? (_, at) => value[at] : (name) => value[name], out);
      },
      decode(reader) {
        const values = parts.decode(reader);
        return isTuple ? values.map(([, value]) => value) : Object.fromEntries(values);
      },
    };
  }

  #sum(type, cases) {
    const parts = cases.map((each) => this.#fields(each.fields));
    return {
      encode(value, out) {
        const number = cases.findIndex((each) => each.name === value?.case);
        if (number < 0) {
          const names = cases.map((each) => each.name).join(", ");
          throw wrong(`${type.name}: a case of ${names}`, value);
        }
        out.byte(number);
        parts[number].encode((name) => value[name], out);
      },
      decode(reader) {
        const number = reader.byte();
        if (number >= cases.length) throw new FvmError(`no ${type.name} has these bytes`);
        return { case: cases[number].name, ...Object.fromEntries(parts[number].decode(reader)) };
      },
    };
  }

  #fields(fields) {
    const codecs = fields.map((field) => [field.name, this.#lazy(parseType(field.type))]);
    return {
      encode: (get, out) => codecs.forEach(([name, codec], at) =>
        inside(name, () => codec.encode(get(name, at), out))),
      decode: (reader) => codecs.map(([name, codec]) => [name, codec.decode(reader)]),
    };
  }

  #lazy(type) {
    return {
      encode: (value, out) => this.#of(type).encode(value, out),
      decode: (reader) => reader.part((inner) => this.#of(type).decode(inner)),
    };
  }

  /** Arguments one after the other. */
  encode(params, values) {
    if (values.length !== params.length) {
      throw new FvmError(`${params.length} arguments are expected, ${values.length} are given`);
    }
    const out = new Writer();
    params.forEach((param, at) => inside(param.name, () =>
      this.of(param.type).encode(values[at], out)));
    return out.done();
  }

  /** A value of a type, of all of these bytes. */
  decode(name, bytes) {
    const reader = new Reader(bytes);
    const value = this.of(name).decode(reader);
    reader.finish();
    return value;
  }

  /** A record: its type and value where the ABI knows it, else what everybody can tell. */
  record(bytes) {
    const reader = new Reader(bytes);
    const found = record.decode(reader);
    reader.finish();
    const { events, stories, problems } = this.#abi;
    const known = [...events, ...stories, ...problems].find((each) => each.hash === found.type);
    const described = known && this.#abi.types[known.type];
    const shape = described?.kind === "sum" ? described.cases[found.number] : described;
    if (!shape) return { type: null, value: null, ...found, hash: found.type };
    const inner = new Reader(fromHex(found.fields));
    const fields = Object.fromEntries(this.#fields(shape.fields).decode(inner));
    inner.finish();
    const value = described.kind === "sum" ? { case: shape.name, ...fields } : fields;
    return { ...found, hash: found.type, type: known.type, value };
  }
}
