/**
 * Carries one HTTP/2 connection over a network: reads, writes what a turn of the event loop has brought
 * together, and closes in a way that the last bytes arrive.
 *
 * @module
 */
import { BufferPool } from "../../http2/buffer_pool.ts";
import type { Http2Connection } from "../../http2/connection.ts";
import { noteArrival } from "../../net/turns.ts";
import type { ByteStream } from "./byte_stream.ts";

/** Options of {@linkcode Carrier}. */
export interface CarrierOptions {
  readonly stream: ByteStream;
  readonly connect: (carrier: Carrier) => Http2Connection;
  /** Called when the connection fails. */
  readonly onError: (error: unknown) => void;
}

/** While so much waits to be written nothing is read: a peer that does not read is not worked for. */
const MAX_PENDING = 256 * 1024;

/** So much is worth a write of its own, before the turn is over. */
const WORTH_WRITING = 16 * 1024;

/** How long a peer may take to close after our last byte. */
const LINGER_MS = 1000;

/** Buffers for connections at rest, and for those that bring much. */
const SMALL = new BufferPool(2048, 64);
const LARGE = new BufferPool(64 * 1024, 64);

/** One connection and its bytes. */
export class Carrier {
  readonly #options: CarrierOptions;
  readonly #stream: ByteStream;
  readonly #http2: Http2Connection;
  #writing: Promise<void> | undefined;
  #isScheduled = false;
  /** Whether nothing follows what is to be written. */
  #isEnding = false;
  #isClosed = false;
  #resumeReading: (() => void) | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CarrierOptions) {
    this.#options = options;
    this.#stream = options.stream;
    this.#http2 = options.connect(this);
  }

  /** Whether a call runs. */
  get isBusy(): boolean {
    return !this.#http2.isIdle;
  }

  /** Reads until the end; resolves when all is closed. */
  async run(): Promise<void> {
    let pool = SMALL;
    let buffer = pool.take();
    try {
      for (;;) {
        const length = await this.#stream.read(buffer);
        if (length === null) break;
        noteArrival();
        if (!this.#isEnding) this.#http2.receive(buffer, length);
        const isLittle = length < SMALL.size / 2;
        if (pool === SMALL ? length === buffer.length : isLittle) {
          pool.give(buffer);
          pool = pool === SMALL ? LARGE : SMALL;
          buffer = pool.take();
        }
        if (this.#http2.pending > MAX_PENDING) await this.#written();
      }
    } catch (error) {
      if (!this.#isClosed && !this.#isEnding) this.#options.onError(error);
    } finally {
      pool.give(buffer);
      this.close();
      await this.#writing;
    }
  }

  /** There is something to write. */
  output(): void {
    if (this.#isScheduled || this.#writing !== undefined) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#isClosed) this.#writing ??= this.#write();
    });
  }

  /** Nothing follows what is to be written. */
  end(): void {
    this.#isEnding = true;
    this.output();
  }

  /** Tells the client to go, answers what it sent before it knew, and closes after the last call. */
  drain(): void {
    this.#http2.close();
  }

  /** Closes at once. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#linger);
    this.#http2.lost();
    this.#resumeReading?.();
    try {
      this.#stream.close();
    } catch {
      // It is closed already.
    }
  }

  async #write(): Promise<void> {
    try {
      for (let bytes = this.#http2.take(); bytes !== undefined; bytes = this.#more()) {
        for (let at = 0; at < bytes.length;) {
          at += await this.#stream.write(at === 0 ? bytes : bytes.subarray(at));
        }
        this.#http2.sent(bytes);
        if (this.#http2.pending < MAX_PENDING) this.#resumeReading?.();
      }
      this.#writing = undefined;
      if (this.#isClosed) return;
      if (this.#http2.pending > 0) this.output();
      else if (this.#isEnding) await this.#finish();
    } catch (error) {
      this.#writing = undefined;
      if (!this.#isClosed && !this.#isEnding) this.#options.onError(error);
      this.close();
    }
  }

  #more(): Uint8Array | undefined {
    if (this.#isClosed) return undefined;
    // What is written while the last bytes were under way waits for the end of this turn, or is enough.
    return this.#isEnding || this.#http2.pending >= WORTH_WRITING ? this.#http2.take() : undefined;
  }

  /** Leaves the peer time to read the last bytes: closing at once could make the system drop them. */
  async #finish(): Promise<void> {
    if (this.#linger !== undefined) return;
    this.#linger = setTimeout(() => this.close(), LINGER_MS);
    await this.#stream.closeWrite();
  }

  #written(): Promise<void> {
    return new Promise((resolve) => {
      this.#resumeReading = () => {
        this.#resumeReading = undefined;
        resolve();
      };
    });
  }
}
