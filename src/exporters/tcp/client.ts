/**
 * One connected peer: its queue of frames and the loop that writes them.
 *
 * @module
 */
import { type Bytes, concat } from "./protobuf.ts";
import { SlidingQueue } from "./queue.ts";

/** Frames are joined into writes of up to this many bytes; a longer frame is written alone. */
const WRITE_BYTES = 64 * 1024;

/**
 * Writes whole frames to a connection, the oldest first. While the peer is slow it holds the frames
 * of the write that is under way (which is always finished, so that no frame is torn) and `limit`
 * more.
 */
export class Client {
  readonly #conn: Deno.TcpConn;
  readonly #frames: SlidingQueue<Bytes>;
  readonly #closed = Promise.withResolvers<void>();
  #preamble: Bytes | undefined;
  #isClosed = false;
  #isFinishing = false;
  #hasEnded = false;
  #isWriting = false;
  #written = Promise.resolve();

  /** Resolves when the connection is closed and nothing waits on it any more. Never rejects. */
  readonly gone: Promise<void>;

  /** `preamble` is written before any frame, and is never dropped. */
  constructor(conn: Deno.TcpConn, preamble: Bytes, limit: number) {
    this.#conn = conn;
    this.#preamble = preamble;
    this.#frames = new SlidingQueue(limit);
    const watching = this.#watch();
    this.gone = this.#closed.promise.then(() => watching).then(() => this.#written);
    this.flush();
  }

  /** Whether the peer has said that it sends nothing more; it has left, or it only listens. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Queues a frame for the next `flush()`; false when an older frame was let go for it. */
  queue(frame: Bytes): boolean {
    return this.#isClosed || this.#frames.push(frame);
  }

  /** Writes what is queued, unless that is happening already. */
  flush(): void {
    if (this.#isClosed || this.#isWriting) return;
    this.#isWriting = true;
    this.#written = this.#write();
  }

  /** Closes the connection when everything queued has been written. */
  finish(): void {
    this.#isFinishing = true;
    this.flush();
  }

  /** Closes the connection now, in the middle of a frame if need be. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#frames.clear();
    this.#conn.close();
    this.#closed.resolve();
  }

  async #write(): Promise<void> {
    try {
      for (let bytes = this.#next(); bytes !== undefined; bytes = this.#next()) {
        for (let at = 0; at < bytes.length;) at += await this.#conn.write(bytes.subarray(at));
      }
      // In the same turn in which the queue was seen empty, or a frame could be left waiting.
      this.#isWriting = false;
      if (this.#isFinishing) this.close();
    } catch {
      this.close(); // The peer is gone, or close() has cancelled the write.
    }
  }

  #next(): Bytes | undefined {
    const preamble = this.#preamble;
    this.#preamble = undefined;
    if (preamble !== undefined) return preamble;
    const first = this.#frames.shift();
    if (first === undefined) return undefined;
    const frames = [first];
    let size = first.length;
    for (let next = this.#frames.peek(); next !== undefined; next = this.#frames.peek()) {
      size += next.length;
      if (size > WRITE_BYTES) break;
      frames.push(next);
      this.#frames.shift();
    }
    return concat(frames);
  }

  /**
   * Notices a connection that breaks while there is nothing to write. What the peer sends means
   * nothing, so the first bytes end the watch. The end of its stream does not mean that it has
   * left (`nc` with its input at an end still listens): if it has, a write will fail.
   */
  async #watch(): Promise<void> {
    try {
      this.#conn.setNoDelay(true);
      this.#conn.setKeepAlive(true);
      this.#hasEnded = await this.#conn.read(new Uint8Array(1)) === null;
    } catch {
      this.close();
    }
  }
}
