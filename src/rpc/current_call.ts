/**
 * The call that is being answered, for what the handler calls in turn: its deadline and its end
 * travel on to client calls made inside the handler, its trace to them and to log lines.
 *
 * To know it in all that a handler awaits costs a third of a small call. So it is known where somebody
 * can ask: in a process that can make calls, and in calls that carry a trace.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { CallContext } from "./handler.ts";

const storage = new AsyncLocalStorage<CallContext>();
let isWanted = false;

/** From now on every handler's call is known. What makes calls says so when it is loaded. */
export function wantCurrentCall(): void {
  isWanted = true;
}

/**
 * The call whose handler runs here; undefined outside of handlers, and where it is not known, see
 * {@linkcode wantCurrentCall}.
 */
export function currentCall(): CallContext | undefined {
  return storage.getStore();
}

/** Runs `handler` as the handler of `call`. */
export function runAsCurrent<T>(call: CallContext, carriesTrace: boolean, handler: () => T): T {
  return isWanted || carriesTrace ? storage.run(call, handler) : handler();
}
