/**
 * How samples become bytes, and bytes samples again.
 *
 * @module
 */
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { Decimals, decodeDecimals } from "./decimals.ts";
import { decodeXor, encodeXor } from "./xor.ts";

const CONSTANT = 0;
const DECIMALS = 1;
const XOR = 2;

/** Decimals of more bits than this a value may be shorter as XOR. */
const WIDE = 24;

const decimals = new Decimals();

/**
 * Writes numbers in the shortest of three forms: all the same, whole numbers of some power of ten
 * (counters, and most of what was written as decimal text), or XOR with the one before as in
 * Gorilla. All give every bit back, but for the payload of a NaN.
 */
export function encodeValues(values: Float64Array, count: number, out: ByteWriter): void {
  const first = values[0] ?? 0;
  let same = 1;
  while (same < count && Object.is(values[same], first)) same++;
  if (same >= count) {
    out.byte(CONSTANT);
    out.float(first);
    return;
  }
  const start = out.length;
  if (decimals.take(values, count)) {
    out.byte(DECIMALS);
    decimals.encode(out);
    const length = out.length - start;
    if (length * 8 <= count * WIDE) return;
    // Both, to see which is shorter; the decimals once more if they were.
    out.reset(start);
    out.byte(XOR);
    encodeXor(values, count, out);
    if (out.length - start <= length) return;
    out.reset(start);
    out.byte(DECIMALS);
    decimals.encode(out);
    return;
  }
  out.byte(XOR);
  encodeXor(values, count, out);
}

/** Reads `count` numbers into `into`, from its index `at` on. */
export function decodeValues(
  reader: ByteReader,
  count: number,
  into: Float64Array,
  at: number,
): void {
  const form = reader.byte();
  if (form === CONSTANT) into.fill(reader.float(), at, at + count);
  else if (form === DECIMALS) decodeDecimals(reader, count, into, at);
  else if (form === XOR) decodeXor(reader, count, into, at);
  else throw new RangeError(`values are in an unknown form: ${form}`);
}
