/**
 * Tells of garbage collections. Deno 2.9.6 has no figure for them (`PerformanceObserver` stays silent),
 * but a collection frees what nothing holds, and a FinalizationRegistry says so. A collection counts
 * once, however many there were before the event loop came round.
 *
 * @module
 */

/** Calls `onCollection` after garbage collections, until it is disposed of. */
export function watchCollections(onCollection: () => void): Disposable {
  let isWatching = true;
  const registry = new FinalizationRegistry<undefined>(() => {
    if (!isWatching) return;
    onCollection();
    watch();
  });
  function watch(): void {
    registry.register({}, undefined);
  }
  watch();
  return {
    [Symbol.dispose]() {
      isWatching = false;
    },
  };
}
