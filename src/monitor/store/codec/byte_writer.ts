const bits = new DataView(new ArrayBuffer(8));

/** Writes numbers as bytes, and bits after them. Grows as it must; used again and again. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  /** Bits that are still free in the last byte. */
  #free = 0;

  constructor(capacity = 4_096) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written; overwritten after {@linkcode reset}. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets what was written, or what was written after `length`. */
  reset(length = 0): void {
    this.#length = length;
    this.#free = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
    this.#free = 0;
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    while (value > 0x7f) {
      this.byte((value % 0x80) | 0x80);
      value = Math.floor(value / 0x80);
    }
    this.byte(value);
  }

  /** A whole number from -2^52 to 2^52. */
  signedVarint(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Eight bytes, all bits kept but for the payload of a NaN. */
  float(value: number): void {
    bits.setFloat64(0, value, true);
    this.#reserve(8);
    for (let i = 0; i < 8; i++) this.#bytes[this.#length + i] = bits.getUint8(i);
    this.#length += 8;
    this.#free = 0;
  }

  /** Text as UTF-8 with its length. */
  text(value: string): void {
    const encoded = encoder.encode(value);
    this.varint(encoded.length);
    this.bytes(encoded);
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    this.#free = 0;
  }

  /** The lowest `width` bits (at most 32) of a whole number. */
  bits(value: number, width: number): void {
    while (width > 0) {
      if (this.#free === 0) {
        this.byte(0);
        this.#free = 8;
      }
      const take = Math.min(width, this.#free);
      width -= take;
      this.#free -= take;
      const part = (value >>> width) & (0xff >>> (8 - take));
      const last = this.#length - 1;
      this.#bytes[last] = (this.#bytes[last] ?? 0) | (part << this.#free);
    }
  }

  /** `width` bits (at most 53) of a whole number that is not negative. */
  longBits(value: number, width: number): void {
    if (width > 32) {
      this.bits(Math.floor(value / 0x1_0000_0000), width - 32);
      width = 32;
    }
    this.bits(value >>> 0, width);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

const encoder = new TextEncoder();
