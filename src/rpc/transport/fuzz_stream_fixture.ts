/**
 * A client without a network, as a stream of bytes: what it sends is settled before.
 *
 * @module
 */
import { setImmediate as nextRound } from "node:timers/promises";
import type { SeededRandom } from "../../testing/fuzz.ts";
import type { ByteStream } from "./carrier.ts";

/** How a client takes what it is sent: all, a few bytes at a time, not at all, or by breaking off. */
export type Taking = "all" | "little" | "nothing" | "broken";

/** How a client ends when it has sent all: it closes, it is cut off, it waits for the server to close. */
export type Ending = "close" | "reset" | "wait";

/** Options of {@linkcode MemoryStream}. */
export interface MemoryStreamOptions {
  readonly random: SeededRandom;
  readonly reads: Iterable<Uint8Array>;
  readonly taking: Taking;
  readonly ending: Ending;
  /** Resolves when all that is to be waited for has come; then the client ends. */
  readonly answered: () => Promise<void>;
}

/** The client. */
export class MemoryStream implements ByteStream {
  /** What it has taken. */
  readonly taken: Uint8Array[] = [];
  readonly #options: MemoryStreamOptions;
  readonly #reads: Iterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  readonly #closed = Promise.withResolvers<never>();
  readonly #ended = Promise.withResolvers<null>();

  constructor(options: MemoryStreamOptions) {
    this.#options = options;
    this.#reads = options.reads[Symbol.iterator]();
    this.#closed.promise.catch(() => {});
  }

  read(buffer: Uint8Array): Promise<number | null> {
    // What came before may be overwritten by now, and whoever still refers to it must be found.
    buffer.fill(0xa5);
    // As in a network, what nobody waits for any more never settles in another way.
    return Promise.race([this.#closed.promise, this.#read(buffer)]);
  }

  async write(bytes: Uint8Array): Promise<number> {
    const { random, taking } = this.#options;
    if (random.below(3) === 0) await nextRound();
    if (taking === "nothing") return await this.#closed.promise;
    if (taking === "broken" && random.below(3) === 0) throw new Deno.errors.BrokenPipe("broken");
    const length = taking === "little"
      ? 1 + random.below(Math.min(bytes.length, 500))
      : bytes.length;
    this.taken.push(bytes.slice(0, length));
    return length;
  }

  closeWrite(): Promise<void> {
    this.#ended.resolve(null);
    return Promise.resolve();
  }

  close(): void {
    this.#closed.reject(new Deno.errors.BadResource("closed"));
  }

  async #read(buffer: Uint8Array): Promise<number | null> {
    const { random, ending, answered } = this.#options;
    if (random.below(3) === 0) await nextRound();
    if (this.#chunk.length === 0) {
      const next = this.#reads.next();
      if (next.done) {
        await Promise.race([answered(), this.#ended.promise]);
        if (ending === "reset") throw new Deno.errors.ConnectionReset("reset");
        return ending === "wait" ? await this.#ended.promise : null;
      }
      this.#chunk = next.value;
    }
    const part = this.#chunk.subarray(0, buffer.length);
    this.#chunk = this.#chunk.subarray(part.length);
    buffer.set(part);
    return part.length;
  }
}
