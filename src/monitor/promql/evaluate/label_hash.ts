import type { Labels } from "../../labels.ts";

const MASK = (1n << 64n) - 1n;
const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;

/**
 * Prometheus' hash of labels, so that `limit_ratio` chooses the series that Prometheus would: xxHash64
 * over names and values, each after its length.
 */
export function hashLabels(labels: Labels): bigint {
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const label of labels) {
    for (const text of label) {
      const encoded = encoder.encode(text);
      pushLength(bytes, encoded.length);
      for (const byte of encoded) bytes.push(byte);
    }
  }
  return xxHash64(Uint8Array.from(bytes));
}

/** One byte, or from 255 on the byte 255 and three of the length, lowest first. */
function pushLength(bytes: number[], length: number): void {
  if (length < 255) bytes.push(length);
  else bytes.push(255, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff);
}

/** xxHash64 with seed 0. */
export function xxHash64(data: Uint8Array): bigint {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let position = 0;
  let hash: bigint;
  if (data.length >= 32) {
    const lanes: [bigint, bigint, bigint, bigint] = [
      (PRIME_1 + PRIME_2) & MASK,
      PRIME_2,
      0n,
      -PRIME_1 & MASK,
    ];
    for (; position + 32 <= data.length; position += 32) {
      for (const lane of [0, 1, 2, 3] as const) {
        lanes[lane] = round(lanes[lane], view.getBigUint64(position + 8 * lane, true));
      }
    }
    const [a, b, c, d] = lanes;
    hash = (rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n)) & MASK;
    for (const lane of lanes) hash = ((hash ^ round(0n, lane)) * PRIME_1 + PRIME_4) & MASK;
  } else {
    hash = PRIME_5;
  }
  hash = (hash + BigInt(data.length)) & MASK;
  for (; position + 8 <= data.length; position += 8) {
    hash ^= round(0n, view.getBigUint64(position, true));
    hash = (rotate(hash, 27n) * PRIME_1 + PRIME_4) & MASK;
  }
  if (position + 4 <= data.length) {
    hash ^= (BigInt(view.getUint32(position, true)) * PRIME_1) & MASK;
    hash = (rotate(hash, 23n) * PRIME_2 + PRIME_3) & MASK;
    position += 4;
  }
  for (; position < data.length; position++) {
    hash ^= (BigInt(view.getUint8(position)) * PRIME_5) & MASK;
    hash = (rotate(hash, 11n) * PRIME_1) & MASK;
  }
  hash = ((hash ^ (hash >> 33n)) * PRIME_2) & MASK;
  hash = ((hash ^ (hash >> 29n)) * PRIME_3) & MASK;
  return hash ^ (hash >> 32n);
}

function round(accumulator: bigint, lane: bigint): bigint {
  return (rotate((accumulator + lane * PRIME_2) & MASK, 31n) * PRIME_1) & MASK;
}

function rotate(value: bigint, by: bigint): bigint {
  return ((value << by) | (value >> (64n - by))) & MASK;
}
