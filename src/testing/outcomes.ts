/**
 * Runs a table of calls against a server, each for every method of {@linkcode talker}: what the peer
 * sees, and what interceptors are told. Peers are made by hand, so that what they see is what went
 * over the wire.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { CallContext } from "../rpc/handler.ts";
import type { Interceptor } from "../rpc/interceptor.ts";
import { CallLog } from "./call_log.ts";
import { testWith } from "./permissions.ts";
import { message, type RawCall, type RawPeer, rawPeer, type RawRequest } from "./raw_call.ts";
import { METHODS, talk, withTalker } from "./talker.ts";

/** `{ text: "hello" }`: 7 bytes. */
export const HELLO = new Uint8Array([0x0a, 5, 104, 101, 108, 108, 111]);

/** One way for a call to end. */
export interface Outcome {
  readonly title: string;
  /** Default all. */
  readonly methods?: readonly typeof METHODS[number][];
  /** What the handler does with a request; default it replies `{ text: "hello" }`. */
  readonly work?: (context: CallContext) => unknown;
  /** How the peer's call differs from one that sends {@linkcode HELLO}. */
  readonly call?: Omit<RawRequest, "path">;
  /** What the peer does when the handler has the call. */
  readonly then?: (call: RawCall, peer: RawPeer) => void;
  readonly interceptors?: readonly Interceptor[];
  readonly limits?: {
    readonly maxReceiveMessageBytes?: number;
    readonly maxSendMessageBytes?: number;
  };
  /** The status that the peer gets; `nothing` when it gets none. */
  readonly seen: string;
  /** What interceptors are told, after "started". */
  readonly told: readonly string[];
}

/** Replies `{ text: "hello" }`. */
export function hello(): { text: string } {
  return { text: "hello" };
}

/** Never settles. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

/** Replies once nobody waits for it any more. */
export function untilStopped({ signal }: CallContext): Promise<{ text: string }> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(hello())));
}

/** Registers a test for each row and method. */
export function testOutcomes(rows: readonly Outcome[]): void {
  for (const row of rows) {
    for (const method of row.methods ?? METHODS) {
      const name = `ServerCall reports the outcome when ${row.title} (${method})`;
      testWith(["net", "env"], name, () => check(row, method));
    }
  }
}

async function check(row: Outcome, method: typeof METHODS[number]): Promise<void> {
  const { work = hello, call, then, interceptors = [], limits = {} } = row;
  const log = new CallLog();
  const running = Promise.withResolvers<void>();
  const handlers = talk((context) => {
    running.resolve();
    return work(context);
  });
  await withTalker(handlers, async ({ port }) => {
    await using peer = rawPeer(port);
    const made = peer.call({ path: `/test.Talker/${method}`, body: [message(HELLO)], ...call });
    if (then !== undefined) await running.promise;
    then?.(made, peer);
    const told = await log.finished();
    // A peer that does not read does not hear of the end either.
    if (call?.reads !== false) assertEquals(await made.status, row.seen, "seen by the peer");
    assertEquals(told, ["started", ...row.told], "told to interceptors");
    assertEquals(log.methods, [`test.Talker/${method}`]);
  }, { interceptors: [log, ...interceptors], ...limits });
  assertEquals(log.calls.map((told) => told.at(-1)), [row.told.at(-1)], "once, and last");
}
