/**
 * One Watch stream: the status at once, then every change that its reader is fast enough to see.
 *
 * @module
 */
import { RpcError } from "../status.ts";
import type { HealthCheckResponse } from "./service.ts";

/** What {@linkcode watchStatus} watches. */
export interface WatchOptions {
  readonly status: () => HealthCheckResponse["status"];
  readonly isDraining: () => boolean;
  /** Calls `changed` whenever the status or draining may have changed; returns how to stop it. */
  readonly subscribe: (changed: () => void) => () => void;
  /** Aborted when nobody reads any more. */
  readonly signal: AbortSignal;
}

/** The statuses, each different from the one before; ends when draining begins or nobody reads. */
export async function* watchStatus(
  { status, isDraining, subscribe, signal }: WatchOptions,
): AsyncGenerator<HealthCheckResponse> {
  if (isDraining()) throw new RpcError("UNAVAILABLE", "The server is draining");
  let wake = Promise.withResolvers<void>();
  const changed = () => wake.resolve();
  const unsubscribe = subscribe(changed);
  signal.addEventListener("abort", changed);
  try {
    for (let sent: HealthCheckResponse["status"] | undefined; !signal.aborted;) {
      wake = Promise.withResolvers();
      const current = status();
      if (current !== sent) {
        sent = current;
        yield { status: current };
      } else if (isDraining()) return;
      else await wake.promise;
    }
  } finally {
    signal.removeEventListener("abort", changed);
    unsubscribe();
  }
}
