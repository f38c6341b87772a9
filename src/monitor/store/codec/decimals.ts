import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";

const POWERS = Array.from({ length: 16 }, (_, i) => Number(`1e${i}`));
/** Differences of two of these, twice, are still exact. */
const LIMIT = 2 ** 50;

/** How differences are written: all with the same width above the least one, or in classes. */
const FIXED = 0;
const CLASSES = 1;

/**
 * Numbers as whole numbers of a power of ten, so that a counter of 12.34 seconds is 1234, and only
 * their differences are kept.
 */
export class Decimals {
  #count = 0;
  #scale = 0;
  #first = 0;
  #differences = new Float64Array(128);
  readonly #lengths = new Uint32Array(54);

  /** Takes the numbers in; false where there are some that no such whole number stands for exactly. */
  take(values: Float64Array, count: number): boolean {
    const scale = findScale(values, count);
    if (scale === -1) return false;
    const power = POWERS[scale] ?? 1;
    if (this.#differences.length < count) this.#differences = new Float64Array(count);
    let before = this.#first = Math.round((values[0] ?? 0) * power);
    for (let i = 1; i < count; i++) {
      const value = values[i] ?? 0;
      const whole = Math.round(value * power);
      if (whole / power !== value || Math.abs(whole) > LIMIT) return false;
      this.#differences[i] = whole - before;
      before = whole;
    }
    this.#count = count;
    this.#scale = scale;
    return Math.abs(this.#first) <= LIMIT && this.#first / power === values[0];
  }

  encode(out: ByteWriter): void {
    const { least, width, shortWidth, longWidth, form } = this.#plan();
    out.byte(this.#scale);
    out.signedVarint(this.#first);
    out.byte(form);
    if (form === FIXED) {
      out.signedVarint(least);
      out.byte(width);
      for (let i = 1; i < this.#count; i++) {
        out.longBits((this.#differences[i] ?? 0) - least, width);
      }
      return;
    }
    out.byte(shortWidth);
    out.byte(longWidth);
    for (let i = 1; i < this.#count; i++) {
      const folded = fold(this.#differences[i] ?? 0);
      if (folded === 0) {
        out.bits(0, 1);
      } else if (bitLength(folded) <= shortWidth) {
        out.bits(0b10, 2);
        out.longBits(folded, shortWidth);
      } else {
        out.bits(0b11, 2);
        out.longBits(folded, longWidth);
      }
    }
  }

  /** Which form takes fewest bits. */
  #plan() {
    this.#lengths.fill(0);
    let least = Infinity;
    let most = -Infinity;
    for (let i = 1; i < this.#count; i++) {
      const difference = this.#differences[i] ?? 0;
      if (difference < least) least = difference;
      if (difference > most) most = difference;
      const length = bitLength(fold(difference));
      this.#lengths[length] = (this.#lengths[length] ?? 0) + 1;
    }
    const width = bitLength(most - least);
    let longWidth = 53;
    while (longWidth > 0 && this.#lengths[longWidth] === 0) longWidth--;
    const zeros = this.#lengths[0] ?? 0;
    const others = this.#count - 1 - zeros;
    let shortWidth = longWidth;
    let cost = others * (2 + longWidth);
    let short = 0;
    for (let i = 1; i < longWidth; i++) {
      short += this.#lengths[i] ?? 0;
      const withThis = short * (2 + i) + (others - short) * (2 + longWidth);
      if (withThis < cost) {
        cost = withThis;
        shortWidth = i;
      }
    }
    const form = width * (this.#count - 1) <= cost + zeros ? FIXED : CLASSES;
    return { least, width, shortWidth, longWidth, form };
  }
}

/** Reads what {@linkcode Decimals} wrote. */
export function decodeDecimals(
  reader: ByteReader,
  count: number,
  into: Float64Array,
  at: number,
): void {
  const power = POWERS[reader.byte()] ?? NaN;
  let whole = reader.signedVarint();
  const form = reader.byte();
  into[at] = whole / power;
  if (form === FIXED) {
    const least = reader.signedVarint();
    const width = reader.byte();
    for (let i = 1; i < count; i++) {
      whole += least + reader.longBits(width);
      into[at + i] = whole / power;
    }
    return;
  }
  const shortWidth = reader.byte();
  const longWidth = reader.byte();
  for (let i = 1; i < count; i++) {
    if (reader.bits(1) === 1) {
      const folded = reader.longBits(reader.bits(1) === 1 ? longWidth : shortWidth);
      whole += folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    }
    into[at + i] = whole / power;
  }
}

/** How many decimal places all have at most, or -1 where that is too many, or there is no such number. */
function findScale(values: Float64Array, count: number): number {
  let scale = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? 0;
    if (!Number.isFinite(value) || Object.is(value, -0)) return -1;
    for (;;) {
      const power = POWERS[scale];
      if (power === undefined) return -1;
      const whole = Math.round(value * power);
      if (Math.abs(whole) > LIMIT) return -1;
      if (whole / power === value) break;
      scale++;
    }
  }
  return scale;
}

/** Small numbers of either sign as small numbers. */
function fold(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function bitLength(value: number): number {
  return value < 0x1_0000_0000
    ? 32 - Math.clz32(value)
    : 64 - Math.clz32(Math.floor(value / 0x1_0000_0000));
}
