/**
 * Tells load balancers and probes which services take calls.
 * Specification: grpc/doc/health-checking.md.
 *
 * @module
 */
import type { Handlers } from "../handler.ts";
import { implement, type Implementation } from "../server.ts";
import { RpcError } from "../status.ts";
import { health, type HealthHandlers, type ServingStatus } from "./service.ts";
import { watchStatus } from "./watch.ts";

/** Whether the process takes calls, and who wants to hear of changes. `ReadinessState` is one. */
export interface Availability {
  /** Draining is for good. */
  readonly current: "starting" | "ready" | "draining";
  /** Calls `watcher` at every change, until the returned function is called. */
  watch(watcher: () => void): () => void;
}

/** Options of {@linkcode createHealth}. */
export interface HealthOptions {
  /** Names, as `package.Service`. The server as a whole, whose name is empty, is always there. */
  readonly services: readonly string[];
  readonly readiness: Availability;
  /**
   * Most Watch streams at a time; one more ends with RESOURCE_EXHAUSTED. Default 1000: a client that
   * checks health holds one for each of its connections.
   */
  readonly maxWatchers?: number;
}

/** The health of the services of one server. Holds nothing that has to be closed. */
export interface Health {
  /** To be given to `serveRpc()`. */
  readonly implementation: Implementation;
  /**
   * Sets what a service tells while the process is ready; before and after that all are NOT_SERVING.
   * A name that was not known is from now on. The empty name is the server as a whole, which does
   * not follow from its services.
   *
   * Throws RangeError when that makes more than {@linkcode MAX_SERVICES}.
   */
  set(service: string, status: ServingStatus): void;
}

/** Most services that one server tells of, its whole included; List always fits in one reply. */
export const MAX_SERVICES = 100;

const DEFAULT_MAX_WATCHERS = 1000;

/** How much of a caller's text an error repeats: it travels in a header. */
const MAX_QUOTED = 200;

/**
 * Makes the health service. All services begin as SERVING once the process is ready.
 *
 * - Check: the status, or NOT_FOUND for a name that is not known.
 * - List: the status of all, at most {@linkcode MAX_SERVICES}.
 * - Watch: the status at once and then its changes, SERVICE_UNKNOWN for a name that is not known
 *   yet. A slow reader gets the latest, not each. When draining begins the stream ends with OK after
 *   NOT_SERVING, so that it does not hold up the drain; a stream that comes later ends with
 *   UNAVAILABLE before any status, since clients reconnect without delay after a status.
 *
 * Throws RangeError for more than {@linkcode MAX_SERVICES} services.
 */
export function createHealth(
  { services, readiness, maxWatchers = DEFAULT_MAX_WATCHERS }: HealthOptions,
): Health {
  const statuses = new Map<string, ServingStatus>();
  const watchers = new Set<() => void>();

  function set(service: string, status: ServingStatus): void {
    if (!statuses.has(service) && statuses.size >= MAX_SERVICES) {
      throw new RangeError(
        `Cannot tell of the health of '${service}': there are ${MAX_SERVICES} services already`,
      );
    }
    statuses.set(service, status);
    for (const changed of watchers) changed();
  }

  function told(status: ServingStatus): ServingStatus {
    return readiness.current === "ready" ? status : "NOT_SERVING";
  }

  function subscribe(changed: () => void): () => void {
    if (watchers.size >= maxWatchers) {
      throw new RpcError("RESOURCE_EXHAUSTED", `${maxWatchers} streams watch health already`);
    }
    watchers.add(changed);
    const unwatch = readiness.watch(changed);
    return () => {
      watchers.delete(changed);
      unwatch();
    };
  }

  const handlers: Handlers<HealthHandlers> = {
    Check({ service }) {
      const status = statuses.get(service);
      if (status !== undefined) return { status: told(status) };
      const quoted = service.slice(0, MAX_QUOTED);
      throw new RpcError("NOT_FOUND", `The server does not know a service '${quoted}'`);
    },
    List: () => ({
      statuses: Object.fromEntries(
        Array.from(statuses, ([service, status]) => [service, { status: told(status) }]),
      ),
    }),
    Watch: ({ service }, { signal }) =>
      watchStatus({
        status() {
          const status = statuses.get(service);
          return status === undefined ? "SERVICE_UNKNOWN" : told(status);
        },
        isDraining: () => readiness.current === "draining",
        subscribe,
        signal,
      }),
  };

  for (const service of ["", ...services]) set(service, "SERVING");
  return { implementation: implement(health, handlers), set };
}
