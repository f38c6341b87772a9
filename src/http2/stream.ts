/**
 * A stream: one request and its reply (RFC 9113, section 5.1). Seen from the server it is open, then
 * half-closed when the client has sent all, then closed; nothing else lasts, since what the server has
 * answered in full is reset where the client still sends (section 8.1).
 *
 * @module
 */
import type { ErrorName } from "./error.ts";
import type { RequestHead } from "./request_head.ts";
import type { Streams } from "./streams.ts";

/**
 * How a stream ends: `sent` when the whole reply is on its way, `reset` when the peer, or a fault of it,
 * has ended the stream before, `limited` when its reply would take too much memory, `lost` when the
 * connection has ended.
 */
export type StreamEnd = "sent" | "reset" | "limited" | "lost";

/** What the application gives to hear of a stream. */
export interface StreamHandler {
  /** Data has come: `bytes` from `start` to `end`, valid during this call. See {@linkcode Stream.consumed}. */
  data(bytes: Uint8Array, start: number, end: number): void;
  /** The request is complete. */
  endOfData(): void;
  /** The stream is over. Comes once, and last. */
  closed(how: StreamEnd): void;
  /** Whether something still works on the request; asked when it was not `sent`. */
  readonly running?: boolean;
}

/** Data in two parts, of which the peer does not take all yet. */
export interface Unsent {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly length: number;
  /** How much of both parts is sent. */
  at: number;
  /** Called when all is. */
  sent: () => void;
}

/** A stream, as the application has it. Nothing happens on one that is closed. */
export class Stream {
  readonly id: number;
  readonly head: RequestHead;
  handler: StreamHandler = NOBODY;
  /** Whether the client has sent all. */
  remoteEnded = false;
  isClosed = false;
  /** Whether it holds its place although it is closed, since its handler was running. */
  lingers = false;
  /** How much we may send. Can be negative (section 6.9.2). */
  sendWindow: number;
  /** How much the peer may send. */
  receiveWindow: number;
  /** What was consumed and not yet given back to the peer's window. */
  unreturned = 0;
  /** How much data has come, for `content-length`. */
  received = 0;
  /** What waits to be sent. */
  unsent: Unsent | undefined;
  readonly #streams: Streams;

  constructor(streams: Streams, id: number, head: RequestHead, receiveWindow: number) {
    this.#streams = streams;
    this.id = id;
    this.head = head;
    this.sendWindow = streams.flow.initialWindow;
    this.receiveWindow = receiveWindow;
  }

  /** How many bytes wait for the peer to take what was sent before. */
  get waiting(): number {
    return this.unsent === undefined ? 0 : this.unsent.length - this.unsent.at;
  }

  /** Sends a header block; see `encodeFields()`. */
  headers(block: Uint8Array): void {
    if (!this.isClosed) this.#streams.writer.headers(this.id, block, false);
  }

  /**
   * Sends data in two parts, and calls `sent` when all is on its way; only then may more follow.
   * `first` may be used again at once, `second` not before `sent`.
   */
  data(first: Uint8Array, second: Uint8Array, sent: () => void): void {
    if (this.isClosed) return;
    if (!this.#streams.flow.send(this, first, second, sent)) this.#streams.limit(this);
  }

  /** Ends the reply: with a header block (trailers, or all there is), or without. */
  end(block?: Uint8Array): void {
    const { unsent } = this;
    if (unsent !== undefined) {
      const { sent } = unsent;
      unsent.sent = () => {
        sent();
        this.end(block);
      };
    } else if (!this.isClosed) this.#streams.reply(this, block);
  }

  /** Ends the stream in both directions. */
  reset(code: ErrorName): void {
    if (!this.isClosed) this.#streams.reset(this, code, "reset");
  }

  /** Says that `bytes` of what came are used: the peer may send as many more. */
  consumed(bytes: number): void {
    if (!this.isClosed) this.#streams.flow.consumed(this, bytes);
  }

  /** Says that nothing works on the request any more, after it was `running` when closed. */
  settled(): void {
    if (this.lingers) this.#streams.lingering--;
    this.lingers = false;
  }
}

const nothing = () => {};
const NOBODY: StreamHandler = { data: nothing, endOfData: nothing, closed: nothing };
