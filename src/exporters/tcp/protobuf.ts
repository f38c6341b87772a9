/**
 * The few pieces of the protobuf wire format that metric events are made of.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 * @module
 */

/** Bytes over memory that is nobody else's. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A field number with wire type 0, 1 or 2, as the byte that opens the field; numbers below 16 only. */
export const tag = {
  varint: (field: number): number => field << 3,
  double: (field: number): number => field << 3 | 1,
  bytes: (field: number): number => field << 3 | 2,
};

/** How many bytes `value` takes as a varint: 1 to 10. */
export function sizeOfVarint(value: number | bigint): number {
  if (typeof value === "bigint") {
    const bits = BigInt.asUintN(64, value);
    if (bits > BigInt(Number.MAX_SAFE_INTEGER)) return Math.ceil(bits.toString(2).length / 7);
    value = Number(bits);
  }
  let size = 1;
  for (let rest = value; rest >= 128; rest /= 128) size++;
  return size;
}

const encoder = new TextEncoder();
const double = new DataView(new ArrayBuffer(8));
const doubleBytes = new Uint8Array(double.buffer);

/** Fills a message whose size is known. */
export class Writer {
  readonly bytes: Bytes;
  #at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  byte(value: number): void {
    this.bytes[this.#at++] = value;
  }

  /** A whole number ≥ 0 as a varint. A negative bigint is written in two's complement, as int64. */
  varint(value: number | bigint): void {
    if (typeof value === "bigint" || value > Number.MAX_SAFE_INTEGER) {
      let bits = BigInt.asUintN(64, BigInt(value));
      for (; bits >= 128n; bits >>= 7n) this.byte(Number(bits & 127n) | 128);
      return this.byte(Number(bits));
    }
    let rest = value;
    // Bit operators see 32 bits only.
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) this.byte(rest % 128 | 128);
    for (; rest >= 128; rest >>>= 7) this.byte(rest & 127 | 128);
    this.byte(rest);
  }

  /** Eight bytes, little-endian. Every NaN becomes the same one: engines keep stray bits in theirs. */
  double(value: number): void {
    if (Number.isNaN(value)) double.setBigUint64(0, 0x7ff8000000000000n, true);
    else double.setFloat64(0, value, true);
    this.raw(doubleBytes);
  }

  raw(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }
}

/** The parts, one after the other. */
export function concat(parts: readonly Uint8Array[]): Bytes {
  const writer = new Writer(parts.reduce((size, part) => size + part.length, 0));
  for (const part of parts) writer.raw(part);
  return writer.bytes;
}

/** `body` behind its length: how messages follow each other in a stream. */
export function delimited(body: Uint8Array): Bytes {
  const writer = new Writer(sizeOfVarint(body.length) + body.length);
  writer.varint(body.length);
  writer.raw(body);
  return writer.bytes;
}

/** A field that holds a message. */
export function messageField(field: number, body: Uint8Array): Bytes {
  return concat([Uint8Array.of(tag.bytes(field)), delimited(body)]);
}

/** A field that holds text, written even when that is empty. */
export function stringField(field: number, text: string): Bytes {
  return messageField(field, encoder.encode(text));
}
