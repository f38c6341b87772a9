/**
 * What is remembered of streams that are closed, since frames for them mean different things: what was
 * under way when we reset one is ignored, all else is an error (RFC 9113, section 5.1).
 *
 * @module
 */

/** How a stream closed: both sides had sent all, or one side reset it. `unknown` is long ago, or never. */
export type ClosedBy = "end" | "peer" | "us" | "unknown";

const REMEMBERED = 256;
const KINDS: readonly ClosedBy[] = ["unknown", "end", "peer", "us"];

/** The last streams that closed. */
export class ClosedStreams {
  // Made with the first that closes: connections that idle have none.
  #streams: Uint32Array | undefined;
  #next = 0;

  add(stream: number, by: ClosedBy): void {
    this.#streams ??= new Uint32Array(REMEMBERED);
    // A stream's number has 31 bits, the first of which says that it is a client's: room for two bits.
    this.#streams[this.#next++ & REMEMBERED - 1] = (stream >>> 1) << 2 | KINDS.indexOf(by);
  }

  by(stream: number): ClosedBy {
    const entry = this.#streams?.findLast((entry) => entry >>> 2 === stream >>> 1 && entry !== 0);
    return KINDS[(entry ?? 0) & 3] as ClosedBy;
  }
}
