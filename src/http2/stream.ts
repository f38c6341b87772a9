/**
 * A stream: one request and its reply (RFC 9113, section 5.1). Seen from the server it is open, then
 * half-closed when the client has sent all, then closed; nothing else lasts, since what the server has
 * answered in full is reset where the client still sends (section 8.1).
 *
 * @module
 */
import type { ErrorName } from "./error.ts";
import type { RequestHead } from "./request_head.ts";

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

/** What a stream needs of its connection. */
export interface StreamOwner {
  sendHeaders(stream: Stream, block: Uint8Array): void;
  sendEnd(stream: Stream, trailers: Uint8Array | undefined): void;
  sendData(stream: Stream, first: Uint8Array, second: Uint8Array): number;
  waitToSend(stream: Stream): void;
  waitsNoMore(stream: Stream): void;
  consumed(stream: Stream, bytes: number): void;
  reset(stream: Stream, code: ErrorName): void;
  settled(): void;
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
  /** How many bytes are counted as waiting to be sent. */
  counted = 0;
  /** What was consumed and not yet given back to the peer's window. */
  unreturned = 0;
  /** How much data has come, for `content-length`. */
  received = 0;
  readonly #owner: StreamOwner;
  /** What waits to be sent, two parts, and how much of both is sent. */
  #first: Uint8Array | undefined;
  #second = EMPTY;
  #offset = 0;
  #sent: () => void = nothing;
  #isEnding = false;
  #trailers: Uint8Array | undefined;

  constructor(
    owner: StreamOwner,
    id: number,
    head: RequestHead,
    sendWindow: number,
    receiveWindow: number,
  ) {
    this.#owner = owner;
    this.id = id;
    this.head = head;
    this.sendWindow = sendWindow;
    this.receiveWindow = receiveWindow;
  }

  /** How many bytes wait for the peer to take what was sent before. */
  get waiting(): number {
    return this.#first === undefined ? 0 : this.#first.length + this.#second.length - this.#offset;
  }

  /** Sends a header block; see `encodeFields()`. */
  headers(block: Uint8Array): void {
    if (!this.isClosed) this.#owner.sendHeaders(this, block);
  }

  /**
   * Sends data in two parts, and calls `sent` when all is on its way; only then may more follow.
   * `first` may be used again at once, `second` not before `sent`.
   */
  data(first: Uint8Array, second: Uint8Array, sent: () => void): void {
    if (this.isClosed) return;
    const length = first.length + second.length;
    const begun = this.#owner.sendData(this, first, second);
    if (begun === length) return sent();
    this.#first = first.slice();
    this.#second = second;
    this.#offset = begun;
    this.#sent = sent;
    this.#owner.waitToSend(this);
  }

  /** Ends the reply: with a header block (trailers, or all there is), or without. */
  end(block?: Uint8Array): void {
    if (this.isClosed) return;
    this.#isEnding = true;
    this.#trailers = block;
    if (this.waiting === 0) this.#owner.sendEnd(this, block);
  }

  /** Ends the stream in both directions. */
  reset(code: ErrorName): void {
    if (!this.isClosed) this.#owner.reset(this, code);
  }

  /** Says that `bytes` of what came are used: the peer may send as many more. */
  consumed(bytes: number): void {
    if (!this.isClosed) this.#owner.consumed(this, bytes);
  }

  /** Says that nothing works on the request any more, after it was `running` when closed. */
  settled(): void {
    if (!this.lingers) return;
    this.lingers = false;
    this.#owner.settled();
  }

  /** Sends of what waits as much as the windows allow. For the connection alone. */
  pump(): void {
    const first = this.#first;
    if (first === undefined) return;
    const inFirst = Math.min(this.#offset, first.length);
    const inSecond = Math.max(0, this.#offset - first.length);
    const begun = this.#owner.sendData(
      this,
      first.subarray(inFirst),
      this.#second.subarray(inSecond),
    );
    this.#offset += begun;
    if (this.waiting > 0) return;
    const sent = this.#sent;
    this.drop();
    sent();
    if (this.#isEnding && this.waiting === 0) this.end(this.#trailers);
  }

  /** Forgets what waits. */
  drop(): void {
    if (this.counted > 0) this.#owner.waitsNoMore(this);
    this.#first = undefined;
    this.#second = EMPTY;
    this.#offset = 0;
    this.#sent = nothing;
  }
}

const EMPTY: Uint8Array = new Uint8Array();
const nothing = () => {};
const NOBODY: StreamHandler = { data: nothing, endOfData: nothing, closed: nothing };
