/**
 * What is remembered of streams that are closed, since frames for them mean different things: what was
 * under way when we reset one is ignored, all else is an error (RFC 9113, section 5.1).
 *
 * @module
 */

import { ConnectionError, StreamError } from "./error.ts";

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

  /**
   * A frame has come for a stream that is not open: idle and closed mean different things. Returns where
   * the stream is closed and the frame was under way, or may come at any time; else throws
   * {@linkcode ConnectionError} or {@linkcode StreamError}. `last` is the highest that was opened.
   */
  missing(id: number, last: number, isAllowed: boolean): undefined {
    if (id > last || id % 2 === 0) {
      throw new ConnectionError("PROTOCOL_ERROR", `Stream ${id} was never opened`);
    }
    if (isAllowed || this.by(id) === "us") return undefined;
    throw new StreamError(id, "STREAM_CLOSED", "The stream is closed");
  }
}
