/**
 * Messages that come on a stream, taken one by one; the next is asked for when one is wanted.
 *
 * @module
 */

/** The receiving end of a stream. May be iterated once. */
export class MessageQueue<T> implements AsyncIterable<T> {
  readonly #read: () => void;
  readonly #left: () => void;
  readonly #messages: T[] = [];
  readonly #waiting: PromiseWithResolvers<IteratorResult<T>>[] = [];
  #end: { readonly error?: unknown } | undefined;

  /** `read` asks for one more message; `left` is called when the reader wants no more. */
  constructor(read: () => void, left: () => void = () => {}) {
    this.#read = read;
    this.#left = left;
  }

  push(message: T): void {
    if (this.#end !== undefined) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) {
      this.#messages.push(message);
    } else {
      waiting.resolve({ done: false, value: message });
      if (this.#waiting.length > 0) this.#read();
    }
  }

  /** No message follows. Those that have come can still be taken. */
  end(): void {
    this.#finish({});
  }

  /** No message follows, and who waits for one, or asks later, gets `error`. */
  fail(error: unknown): void {
    this.#finish({ error });
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: () => this.#next(),
      return: () => {
        this.#finish({});
        this.#messages.length = 0;
        this.#left();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  #next(): Promise<IteratorResult<T>> {
    const message = this.#messages.shift();
    if (message !== undefined) return Promise.resolve({ done: false, value: message });
    if (this.#end !== undefined) return settled(this.#end);
    const waiting = Promise.withResolvers<IteratorResult<T>>();
    this.#waiting.push(waiting);
    // Transports take one question at a time; who comes second is asked for after the first's answer.
    if (this.#waiting.length === 1) this.#read();
    return waiting.promise;
  }

  #finish(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    for (const waiting of this.#waiting.splice(0)) waiting.resolve(settled(this.#end));
  }
}

/**
 * Tells an iterator that no more is wanted, without waiting for it: a generator hears of it at its
 * next `yield`. What it throws in reply concerns nobody.
 */
export function leave(iterator: AsyncIterator<unknown> | undefined): void {
  try {
    iterator?.return?.()?.then(undefined, () => {});
  } catch {
    // As above.
  }
}

function settled<T>(end: { readonly error?: unknown }): Promise<IteratorResult<T>> {
  return "error" in end
    ? Promise.reject(end.error)
    : Promise.resolve({ done: true, value: undefined });
}
