/**
 * Carries one HTTP/2 connection over a network: reads, writes what a turn of the event loop has brought
 * together, and closes in a way that the last bytes arrive.
 *
 * @module
 */
import { setImmediate as nextRound } from "node:timers/promises";
import { BufferPool } from "../../http2/buffer_pool.ts";
import { Http2Connection, type Http2Events, type Http2Options } from "../../http2/connection.ts";
import { noteArrival } from "../../net/turns.ts";

/** A connection as the transport sees it: `Deno.TcpConn` is one. */
export interface ByteStream {
  /** Reads into `buffer`; null at the end. The buffer is in use until this has settled. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Writes a part of `bytes`, which are in use until this has settled; returns how much. */
  write(bytes: Uint8Array): Promise<number>;
  /** Says that nothing more will be written. */
  closeWrite(): Promise<void>;
  /** Closes; what is pending then rejects. */
  close(): void;
}

/** Options of {@linkcode Carrier}. */
export interface CarrierOptions extends Pick<Http2Events, "request" | "refused"> {
  readonly stream: ByteStream;
  readonly http2: Http2Options;
  /** Called when the connection fails; `escaped` is what the application threw, as the error's cause. */
  readonly onError: (origin: "socket" | "escaped", error: unknown) => void;
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
  readonly #stream: ByteStream;
  readonly #onError: CarrierOptions["onError"];
  readonly #http2: Http2Connection;
  #writing: Promise<void> | undefined;
  /** Whether nothing follows what is to be written. */
  #isEnding = false;
  #isClosed = false;
  #resumeReading: (() => void) | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;

  constructor({ stream, http2, request, refused, onError }: CarrierOptions) {
    this.#stream = stream;
    this.#onError = onError;
    this.#http2 = new Http2Connection(http2, {
      request,
      refused,
      output: () => this.#output(),
      over: (error) => {
        if (error) onError(error.cause === undefined ? "socket" : "escaped", error);
        this.#isEnding = true;
        this.#output();
      },
      cut: (reason) => this.#fail(new Error(`Cannot keep a connection: ${reason}`)),
    });
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
        if (this.#http2.pending > MAX_PENDING) {
          await new Promise<void>((resolve) => this.#resumeReading = resolve);
        }
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      pool.give(buffer);
      this.close();
      await this.#writing;
    }
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

  #output(): void {
    this.#writing ??= this.#write();
  }

  /** Writes what waits: what a turn of the event loop brings together goes out together. */
  async #write(): Promise<void> {
    try {
      do {
        await nextRound();
        let bytes = this.#http2.take();
        while (bytes !== undefined) {
          for (let at = 0; at < bytes.length;) {
            at += await this.#stream.write(at === 0 ? bytes : bytes.subarray(at));
          }
          this.#http2.sent(bytes);
          const { pending } = this.#http2;
          if (pending < MAX_PENDING) this.#resumeReading?.();
          bytes = pending >= WORTH_WRITING ? this.#http2.take() : undefined;
        }
      } while (this.#http2.pending > 0);
    } catch (error) {
      this.#fail(error);
    }
    this.#writing = undefined;
    if (this.#isEnding) this.#finish();
  }

  /** Leaves the peer time to read the last bytes: closing at once could make the system drop them. */
  #finish(): void {
    if (this.#isClosed || this.#linger !== undefined) return;
    this.#linger = setTimeout(() => this.close(), LINGER_MS);
    this.#stream.closeWrite().catch(() => this.close());
  }

  /** Closes for an error, which counts while there was more to say. */
  #fail(error: unknown): void {
    if (!this.#isClosed && !this.#isEnding) this.#onError("socket", error);
    this.close();
  }
}
