/**
 * Limits of connections, as grpc-js takes them; and those that it does not know: how often a client
 * may ping, and how large headers may be.
 *
 * @module
 */
import type { ServerHttp2Session, Settings } from "node:http2";
import { PingLimit } from "../../http2/ping_limit.ts";
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

/** HTTP/2's error code for a peer that makes work (RFC 9113, section 7). */
const ENHANCE_YOUR_CALM = 11;

/** What is known of a connection to judge its pings. */
interface Pings {
  readonly limit: PingLimit;
  /** The calls that are sending. */
  readonly sending: Set<object>;
}

const pingsOf = new WeakMap<object, Pings>();

/** What we use of grpc-js's `Server` to hear of connections, and to set what it has no option for. */
interface ServerInternals {
  readonly commonServerOptions: { settings?: Settings };
  _sessionHandler(http2Server: object): (session: ServerHttp2Session) => void;
}

/** Makes `server` refuse requests with more than `bytes` of headers, and tell clients so. */
export function limitHeaders(server: Server, bytes: number): void {
  const { commonServerOptions: options } = server as unknown as ServerInternals;
  options.settings = { ...options.settings, maxHeaderListSize: bytes };
}

/** Ends connections of `server` whose client pings more often than every `minIntervalMs`. */
export function limitPings(server: Server, minIntervalMs: number): void {
  const internals = server as unknown as ServerInternals;
  const sessionHandler = internals._sessionHandler;
  const refused = catalogued.counter("grpc_server_refused_total", { reason: "pings" });
  internals._sessionHandler = (http2Server) => {
    const handle = sessionHandler.call(server, http2Server);
    return (session) => {
      const pings = { limit: new PingLimit(minIntervalMs), sending: new Set<object>() };
      pingsOf.set(session, pings);
      session.on("ping", () => {
        if (!isTooMany(pings)) return;
        refused.increment();
        // Not here: the ping is being read by the native half of the session that this destroys.
        setImmediate(() => dismiss(session));
      });
      handle(session);
    };
  };
}

/** A ping has come. A call that is sending has sent something before it, and will before the next. */
function isTooMany({ limit, sending }: Pings): boolean {
  const sends = sending.size > 0;
  limit.sent ||= sends;
  const tooMany = limit.exceeded(performance.now());
  limit.sent = sends;
  return tooMany;
}

/**
 * Says that `call` begins to send a message or its status on `session`. Clients measure a connection
 * with pings while data comes, many of them during one large message, and those are welcome (gRFC A8).
 */
export function sendingOn(session: object | undefined, call: object): void {
  if (session) pingsOf.get(session)?.sending.add(call);
}

/** Says that what `call` sent has gone out, or never will. */
export function sentOn(session: object | undefined, call: object): void {
  const pings = session && pingsOf.get(session);
  if (pings?.sending.delete(call)) pings.limit.sent = true;
}

function dismiss(session: ServerHttp2Session): void {
  if (session.destroyed) return;
  session.goaway(ENHANCE_YOUR_CALM, 0, Buffer.from("too_many_pings"));
  session.destroy();
}
