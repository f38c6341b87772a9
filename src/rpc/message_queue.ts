/**
 * Messages that come on a stream, taken one by one; the next is asked for when one is wanted.
 *
 * @module
 */

/** The receiving end of a stream. May be iterated once. */
export class MessageQueue<T> implements AsyncIterable<T> {
  readonly #read: () => void;
  readonly #messages: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #waiting: PromiseWithResolvers<IteratorResult<T>> | undefined;
  #left: () => void;

  /** `read` asks for one more message; `left` is called when the reader wants no more. */
  constructor(read: () => void, left: () => void = () => {}) {
    this.#read = read;
    this.#left = left;
  }

  push(message: T): void {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#messages.push(message);
    } else {
      this.#waiting = undefined;
      waiting.resolve({ done: false, value: message });
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
    this.#waiting = Promise.withResolvers();
    const { promise } = this.#waiting;
    this.#read();
    return promise;
  }

  #finish(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(settled(end));
  }
}

function settled<T>(end: { readonly error?: unknown }): Promise<IteratorResult<T>> {
  return "error" in end
    ? Promise.reject(end.error)
    : Promise.resolve({ done: true, value: undefined });
}
