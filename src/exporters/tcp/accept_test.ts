import { assert, assertEquals } from "@std/assert";
import { acceptConnections } from "./accept.ts";

function failure(code: string): Error {
  return Object.assign(new Error(`${code} (as Deno throws it)`), { code });
}

/** A listener that gives what it is told, then waits until it is closed. */
class FakeListener {
  readonly #outcomes: (string | Error)[];
  readonly #closed = Promise.withResolvers<never>();
  calls = 0;

  constructor(...outcomes: (string | Error)[]) {
    this.#outcomes = outcomes;
    this.#closed.promise.catch(() => {}); // Not every test is still accepting when it closes.
  }

  accept(): Promise<string> {
    this.calls++;
    const next = this.#outcomes.shift();
    if (next === undefined) return this.#closed.promise;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  }

  close(): void {
    this.#closed.reject(new Deno.errors.BadResource("Listener has been closed"));
  }
}

Deno.test("acceptConnections() goes on after peers that were gone before they were accepted", async () => {
  const listener = new FakeListener("a", failure("ENOTCONN"), failure("ECONNABORTED"), "b");
  const stop = new AbortController();
  const seen: string[] = [];
  const second = Promise.withResolvers<void>();
  const done = acceptConnections(listener, (conn) => {
    seen.push(conn);
    if (seen.length === 2) second.resolve();
  }, stop.signal);
  await second.promise;
  assertEquals(seen, ["a", "b"]);
  stop.abort();
  listener.close();
  await done;
});

Deno.test("acceptConnections() does not spin when nothing can be accepted", async () => {
  const failures = Array.from({ length: 50 }, () => failure("EMFILE"));
  const listener = new FakeListener(...failures);
  const stop = new AbortController();
  const done = acceptConnections(listener, () => {}, stop.signal);
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  assert(listener.calls === 1, `accept() was called ${listener.calls} times without a pause`);
  stop.abort();
  listener.close();
  await done;
});
