const floats = new DataView(new ArrayBuffer(8));
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads what a `ByteWriter` wrote. Throws a RangeError at the end of the bytes. */
export class ByteReader {
  #bytes: Uint8Array;
  #at: number;
  #end: number;
  /** Bits of the last byte that were not read yet. */
  #left = 0;

  constructor(bytes: Uint8Array = new Uint8Array(), at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
  }

  /** Goes on in other bytes. */
  moveTo(bytes: Uint8Array, at: number): void {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = bytes.length;
    this.#left = 0;
  }

  get position(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#end;
  }

  byte(): number {
    if (this.#at >= this.#end) throw new RangeError("the data ends too early");
    this.#left = 0;
    return this.#bytes[this.#at++] ?? 0;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1;; factor *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      if (factor > Number.MAX_SAFE_INTEGER) throw new RangeError("a number is too long");
    }
  }

  signedVarint(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float(): number {
    for (let i = 0; i < 8; i++) floats.setUint8(i, this.byte());
    return floats.getFloat64(0, true);
  }

  text(): string {
    return decoder.decode(this.bytes(this.varint()));
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    if (this.#at + length > this.#end) throw new RangeError("the data ends too early");
    this.#left = 0;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** What was read already, or is still to be read. A view. */
  between(from: number, to: number): Uint8Array {
    return this.#bytes.subarray(from, to);
  }

  /** At most 32 bits. */
  bits(width: number): number {
    let value = 0;
    while (width > 0) {
      if (this.#left === 0) {
        this.byte();
        this.#left = 8;
      }
      const take = width < this.#left ? width : this.#left;
      width -= take;
      this.#left -= take;
      const byte = this.#bytes[this.#at - 1] ?? 0;
      value = (value << take) | ((byte >>> this.#left) & (0xff >>> (8 - take)));
    }
    return value >>> 0;
  }

  /** At most 53 bits. */
  longBits(width: number): number {
    if (width <= 32) return this.bits(width);
    return this.bits(width - 32) * 0x1_0000_0000 + this.bits(32);
  }
}
