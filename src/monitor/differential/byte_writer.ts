/** Bytes as protocol buffers have them. */

/** Collects the fields of one message. */
export class MessageWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** What was written; valid until more is. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A varint; `value` is a whole number that JavaScript can hold. Negative ones take ten bytes. */
  integer(field: number, value: number): this {
    this.#varint(BigInt(field * 8));
    this.#varint(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  /** A sint32 or sint64: small negative numbers stay short. */
  signed(field: number, value: number): this {
    return this.integer(field, value < 0 ? -2 * value - 1 : 2 * value);
  }

  double(field: number, value: number): this {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value, true);
    return this.bits(field, view.getBigUint64(0, true));
  }

  /** A double by its bits, since JavaScript does not keep those of a NaN. */
  bits(field: number, value: bigint): this {
    this.#varint(BigInt(field * 8 + 1));
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, value, true);
    this.#append(new Uint8Array(view.buffer));
    return this;
  }

  /** Packed doubles. */
  doubles(field: number, values: readonly number[]): this {
    const view = new DataView(new ArrayBuffer(8 * values.length));
    for (const [i, value] of values.entries()) view.setFloat64(8 * i, value, true);
    return values.length === 0 ? this : this.block(field, new Uint8Array(view.buffer));
  }

  text(field: number, value: string): this {
    return this.block(field, new TextEncoder().encode(value));
  }

  /** A message inside, or bytes. */
  block(field: number, bytes: Uint8Array): this {
    this.#varint(BigInt(field * 8 + 2));
    this.#varint(BigInt(bytes.length));
    this.#append(bytes);
    return this;
  }

  #varint(value: bigint): void {
    const bytes: number[] = [];
    for (; value >= 128n; value >>= 7n) bytes.push(Number(value & 127n) + 128);
    bytes.push(Number(value));
    this.#append(bytes);
  }

  #append(bytes: ArrayLike<number>): void {
    if (this.#length + bytes.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * (this.#length + bytes.length));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }
}
