import { QueryError } from "../errors.ts";

/** The time that a query has, and the signal that may end it before. Close it when the query is over. */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #outer: AbortSignal | undefined;
  #stage = "query queue";

  /** Milliseconds. */
  constructor(timeoutMs: number, outer?: AbortSignal) {
    this.#outer = outer;
    this.#timer = setTimeout(() => {
      this.#stop("timeout", `query timed out in ${this.#stage}`);
    }, timeoutMs);
    if (outer?.aborted) this.#cancel();
    else outer?.addEventListener("abort", this.#cancel);
  }

  /** Its reason is a {@linkcode QueryError}. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What the query is at; the error of a query that was stopped tells it. */
  enter(stage: string): void {
    this.#stage = stage;
  }

  /** Rejects as soon as the query is stopped, otherwise does as `work` does. */
  async unlessStopped<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    let stop = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true });
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#cancel);
  }

  readonly #cancel = (): void => {
    this.#stop("canceled", `query was canceled in ${this.#stage}`);
  };

  #stop(type: "timeout" | "canceled", message: string): void {
    this.#controller.abort(new QueryError(type, message));
  }
}
