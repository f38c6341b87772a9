/**
 * The call that is being answered, for what the handler calls in turn: its deadline and its end
 * travel on to client calls made inside the handler.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { CallContext } from "./handler.ts";

const storage = new AsyncLocalStorage<CallContext>();

/** The call whose handler runs here, or undefined outside of handlers. */
export function currentCall(): CallContext | undefined {
  return storage.getStore();
}

/** Runs `handler` as the handler of `call`. */
export function runAsCurrent<T>(call: CallContext, handler: () => T): T {
  return storage.run(call, handler);
}
