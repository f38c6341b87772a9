/**
 * What interceptors are told of calls, for tests: each call a list such as
 * `["started", "received 7", "sent 7", "finished OK"]`.
 *
 * @module
 */
import type { Call, CallEnd, Interceptor } from "../rpc/interceptor.ts";

/** An interceptor that writes down what it is told. */
export class CallLog implements Interceptor {
  /** The calls, in the order of their start. */
  readonly calls: string[][] = [];
  readonly ends: CallEnd[] = [];
  readonly methods: string[] = [];
  readonly #waiting: PromiseWithResolvers<string[]>[] = [];
  readonly #finished: string[][] = [];

  started(call: Call): ReturnType<NonNullable<Interceptor["started"]>> {
    const heard = ["started"];
    this.calls.push(heard);
    this.methods.push(`${call.method.service}/${call.method.name}`);
    return {
      received: (bytes) => void heard.push(`received ${bytes}`),
      sent: (bytes) => void heard.push(`sent ${bytes}`),
      finished: (end) => {
        heard.push(`finished ${end.code}`);
        this.ends.push(end);
        this.#finished.push(heard);
        this.#waiting.shift()?.resolve(heard);
      },
    };
  }

  /** Resolves with the next call that is finished, in order; at once for one that has been. */
  async finished(): Promise<string[]> {
    if (this.#finished.length === 0) {
      const waiting = Promise.withResolvers<string[]>();
      this.#waiting.push(waiting);
      await waiting.promise;
    }
    return this.#finished.shift() ?? [];
  }
}
