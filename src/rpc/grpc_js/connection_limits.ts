/**
 * Limits of connections, as grpc-js takes them; and the one that it does not know: how often a client
 * may ping.
 *
 * @module
 */
import type { ServerHttp2Session } from "node:http2";
import { catalogued } from "../../metrics/mod.ts";
import type { ConnectionLimits } from "../connection_limits.ts";
import type { Server, ServerOptions } from "./load.ts";

/** The limits that grpc-js keeps, by the names of gRPC core. */
export function serverOptions(limits: Required<ConnectionLimits>): ServerOptions {
  const options = {
    "grpc.max_connection_age_ms": limits.maxAgeMs,
    "grpc.max_connection_age_grace_ms": limits.maxAgeGraceMs,
    "grpc.max_connection_idle_ms": limits.maxIdleMs,
    "grpc.keepalive_time_ms": limits.keepaliveTimeMs,
    "grpc.keepalive_timeout_ms": limits.keepaliveTimeoutMs,
    "grpc.max_concurrent_streams": limits.maxConcurrentStreams,
  };
  // grpc-js knows no Infinity: what has no limit must not be there.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== Infinity));
}

/** How often a client may ping too soon: gRPC core's `grpc.http2.max_ping_strikes`. */
const MAX_STRIKES = 2;

/** HTTP/2's error code for a peer that makes work (RFC 9113, section 7). */
const ENHANCE_YOUR_CALM = 11;

const pingLimits = new WeakMap<object, PingLimit>();

/** What we use of grpc-js's `Server` to hear of connections. */
interface ServerInternals {
  _sessionHandler(http2Server: object): (session: ServerHttp2Session) => void;
}

/** Ends connections of `server` whose client pings more often than every `minIntervalMs`. */
export function limitPings(server: Server, minIntervalMs: number): void {
  const internals = server as unknown as ServerInternals;
  const sessionHandler = internals._sessionHandler;
  const refused = catalogued.counter("grpc_server_refused_total", { reason: "pings" });
  internals._sessionHandler = (http2Server) => {
    const handle = sessionHandler.call(server, http2Server);
    return (session) => {
      const limit = new PingLimit(minIntervalMs);
      pingLimits.set(session, limit);
      session.on("ping", () => {
        if (!limit.exceeded(performance.now())) return;
        refused.increment();
        // Not here: the ping is being read by the native half of the session that this destroys.
        setImmediate(() => dismiss(session));
      });
      handle(session);
    };
  };
}

/**
 * Says that `call` begins to send a message or its status on `session`. Clients measure a connection
 * with pings while data comes, many of them during one large message, and those are welcome (gRFC A8).
 */
export function sendingOn(session: object | undefined, call: object): void {
  if (session) pingLimits.get(session)?.sending.add(call);
}

/** Says that what `call` sent has gone out, or never will. */
export function sentOn(session: object | undefined, call: object): void {
  const limit = session && pingLimits.get(session);
  if (limit?.sending.delete(call)) limit.sent = true;
}

function dismiss(session: ServerHttp2Session): void {
  if (session.destroyed) return;
  session.goaway(ENHANCE_YOUR_CALM, 0, Buffer.from("too_many_pings"));
  session.destroy();
}

class PingLimit {
  /** The calls that are sending. */
  readonly sending = new Set<object>();
  /** Whether one has sent since the ping before. */
  sent = false;
  readonly #minIntervalMs: number;
  #last = -Infinity;
  #strikes = 0;

  constructor(minIntervalMs: number) {
    this.#minIntervalMs = minIntervalMs;
  }

  /** A ping has come: whether it is one too many. */
  exceeded(now: number): boolean {
    const early = now - this.#last < this.#minIntervalMs;
    this.#last = now;
    const sends = this.sending.size > 0;
    if (sends || this.sent) this.#strikes = 0;
    else if (early) this.#strikes++;
    this.sent = sends;
    return this.#strikes === MAX_STRIKES + 1;
  }
}
