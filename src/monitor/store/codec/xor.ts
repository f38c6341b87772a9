import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";

const float = new Float64Array(1);
/** Its two halves; which is the upper one depends on the machine. */
const halves = new Uint32Array(float.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;

/**
 * Numbers as the bits that differ from the number before, as in "Gorilla: A Fast, Scalable, In-Memory
 * Time Series Database" (2015), section 4.1.2.
 */
export function encodeXor(values: Float64Array, count: number, out: ByteWriter): void {
  float[0] = values[0] ?? 0;
  let high = halves[HIGH] ?? 0;
  let low = halves[LOW] ?? 0;
  out.bits(high, 32);
  out.bits(low, 32);
  let leading = 0;
  let trailing = -1;
  for (let i = 1; i < count; i++) {
    float[0] = values[i] ?? 0;
    const highXor = ((halves[HIGH] ?? 0) ^ high) >>> 0;
    const lowXor = ((halves[LOW] ?? 0) ^ low) >>> 0;
    high = halves[HIGH] ?? 0;
    low = halves[LOW] ?? 0;
    if (highXor === 0 && lowXor === 0) {
      out.bits(0, 1);
      continue;
    }
    const zerosBefore = Math.min(
      31,
      highXor === 0 ? 32 + Math.clz32(lowXor) : Math.clz32(highXor),
    );
    const zerosAfter = lowXor === 0 ? 32 + trailingZeros(highXor) : trailingZeros(lowXor);
    if (trailing !== -1 && zerosBefore >= leading && zerosAfter >= trailing) {
      out.bits(0b10, 2);
    } else {
      leading = zerosBefore;
      trailing = zerosAfter;
      out.bits(0b11, 2);
      out.bits(leading, 5);
      out.bits(63 - leading - trailing, 6);
    }
    writeShifted(out, highXor, lowXor, trailing, 64 - leading - trailing);
  }
}

/** Reads what {@linkcode encodeXor} wrote. */
export function decodeXor(reader: ByteReader, count: number, into: Float64Array, at: number): void {
  let high = reader.bits(32);
  let low = reader.bits(32);
  let width = 0;
  let trailing = 0;
  halves[HIGH] = high;
  halves[LOW] = low;
  into[at] = float[0] ?? 0;
  for (let i = 1; i < count; i++) {
    if (reader.bits(1) === 1) {
      if (reader.bits(1) === 1) {
        const leading = reader.bits(5);
        width = reader.bits(6) + 1;
        trailing = 64 - leading - width;
      }
      const upper = width > 32 ? reader.bits(width - 32) : 0;
      const lower = reader.bits(Math.min(width, 32));
      if (trailing >= 32) {
        high ^= lower << (trailing - 32);
      } else if (trailing === 0) {
        high ^= upper;
        low ^= lower;
      } else {
        high ^= (upper << trailing) | (lower >>> (32 - trailing));
        low ^= lower << trailing;
      }
      halves[HIGH] = high;
      halves[LOW] = low;
    }
    into[at + i] = float[0] ?? 0;
  }
}

function trailingZeros(value: number): number {
  return 31 - Math.clz32(value & -value);
}

function writeShifted(
  out: ByteWriter,
  high: number,
  low: number,
  trailing: number,
  width: number,
): void {
  let upper = high;
  let lower = low;
  if (trailing >= 32) {
    upper = 0;
    lower = high >>> (trailing - 32);
  } else if (trailing > 0) {
    upper = high >>> trailing;
    lower = (low >>> trailing) | (high << (32 - trailing));
  }
  if (width > 32) out.bits(upper, width - 32);
  out.bits(lower, Math.min(width, 32));
}
