/** Whether the service takes calls: what `/readyz` and the gRPC health service tell. */
export type Readiness = "starting" | "ready" | "draining";

/** Holds the readiness of a service and tells those who watch it. */
export class ReadinessState {
  #current: Readiness = "starting";
  readonly #watchers = new Set<(readiness: Readiness) => void>();

  get current(): Readiness {
    return this.#current;
  }

  /** Changes the state; draining is for good. */
  set(next: Readiness): void {
    if (this.#current === next || this.#current === "draining") return;
    this.#current = next;
    for (const watcher of this.#watchers) watcher(next);
  }

  /** Calls `watcher` at every change, until the returned function is called. */
  watch(watcher: (readiness: Readiness) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
