/**
 * The wish to stop, as signals tell it.
 *
 * @module
 */

/**
 * Signals that come closer than this are one wish: Ctrl-C reaches a program under `deno task` twice,
 * from the terminal and from the task runner, which passes it on.
 */
const ONE_WISH_MS = 250;

/** Listens for SIGINT and SIGTERM until disposed of. */
export interface StopSignals extends Disposable {
  /** Aborted by the first signal: finish what runs and stop. */
  readonly stop: AbortSignal;
  /** Aborted by the second signal: stop at once. */
  readonly force: AbortSignal;
}

/** Starts to listen. */
export function stopSignals(): StopSignals {
  const stop = new AbortController();
  const force = new AbortController();
  let last = -Infinity;
  const onSignal = () => {
    const now = performance.now();
    if (now - last >= ONE_WISH_MS) (stop.signal.aborted ? force : stop).abort();
    last = now;
  };
  // Windows knows no SIGTERM.
  const names: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const name of names) Deno.addSignalListener(name, onSignal);
  return {
    stop: stop.signal,
    force: force.signal,
    [Symbol.dispose]() {
      for (const name of names) Deno.removeSignalListener(name, onSignal);
    },
  };
}

/** Resolves when `signal` is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}
