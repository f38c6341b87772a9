/**
 * Makes calls at a steady pace, several at once, for a while or up to a number.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { RpcError, type StatusName } from "../rpc/status.ts";

/** Options of {@linkcode runLoad}. */
export interface LoadOptions {
  /** Makes one call. A rejection with `RpcError` is a call that failed; any other ends the run. */
  readonly call: () => Promise<unknown>;
  /** Hears of every call when it has ended. */
  readonly onEnd: (end: CallEnd) => void;
  /** Time between the starts of two calls, in milliseconds; 0 is as fast as possible. */
  readonly periodMs: number;
  /** How many calls may run at once. */
  readonly concurrency: number;
  /** No call starts later than this after the first, in milliseconds. */
  readonly durationMs: number;
  /** How many calls to make at most. */
  readonly count: number;
  /** Ends the run: no further call starts, those under way finish. */
  readonly signal: AbortSignal;
}

/** How a call ended. */
export interface CallEnd {
  readonly code: StatusName;
  /** From the start of the call to its end. */
  readonly seconds: number;
  /** The reply, when the code is OK. */
  readonly reply?: unknown;
  /** What went wrong, when it is not. */
  readonly error?: RpcError;
}

/** A pace that was missed is caught up by at most this much, in milliseconds. */
const CATCH_UP_MS = 100;

/** Runs until the duration is over, the count reached, or the signal aborted. */
export async function runLoad(options: LoadOptions): Promise<void> {
  const { periodMs, concurrency, durationMs, count, signal } = options;
  const start = performance.now();
  let started = 0;
  let due = start;

  /** When the next call is due, or undefined when there is none. */
  function nextDue(): number | undefined {
    if (started >= count || due - start >= durationMs || signal.aborted) return undefined;
    started++;
    const mine = due;
    due = Math.max(due + periodMs, performance.now() - CATCH_UP_MS);
    return mine;
  }

  async function work(): Promise<void> {
    for (let at = nextDue(); at !== undefined; at = nextDue()) {
      if (!await waitUntil(at, signal)) return;
      options.onEnd(await measure(options.call));
    }
  }

  await Promise.all(Array.from({ length: concurrency }, work));
}

/** Says whether the time came before the signal. */
async function waitUntil(time: number, signal: AbortSignal): Promise<boolean> {
  const ms = time - performance.now();
  if (ms > 0) {
    try {
      await sleep(ms, undefined, { signal });
    } catch {
      return false;
    }
  }
  return !signal.aborted;
}

async function measure(call: () => Promise<unknown>): Promise<CallEnd> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const reply = await call();
    return { code: "OK", seconds: seconds(), reply };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return { code: error.code, seconds: seconds(), error };
  }
}
