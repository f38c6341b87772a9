/**
 * Buffers that are used again. What a closed connection leaves is collected late: under churn it
 * would pile up.
 *
 * @module
 */

/** Buffers of one size. */
export class BufferPool {
  readonly size: number;
  readonly #max: number;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];

  /** Keeps at most `max` buffers of `size` bytes for the next who need one. */
  constructor(size: number, max: number) {
    this.size = size;
    this.#max = max;
  }

  /** A buffer, with whatever the last user left in it. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#free.pop() ?? new Uint8Array(this.size);
  }

  /** Takes a buffer back that nobody reads from or writes to any more. */
  give(buffer: Uint8Array): void {
    if (this.#free.length < this.#max) this.#free.push(buffer as Uint8Array<ArrayBuffer>);
  }
}
