/**
 * Our own server of HTTP/2 as a transport for gRPC: listens, hands each call on, drains. Begin here;
 * `carrier.ts` has a connection's bytes, `server_wire.ts` a call, `src/http2` the protocol between.
 *
 * @module
 */
import { BufferPool } from "../../http2/buffer_pool.ts";
import { systemClock } from "../../http2/clock.ts";
import { Http2Connection, type Http2Options } from "../../http2/connection.ts";
import type { Limit } from "../../http2/error.ts";
import { catalogued } from "../../metrics/mod.ts";
import type { GrpcJsServerOptions, TransportServer } from "../grpc_js/server.ts";
import type { ByteStream } from "./byte_stream.ts";
import { Carrier } from "./carrier.ts";
import { Deadlines } from "./deadlines.ts";
import type { RequestMemory } from "./request_memory.ts";
import { type NativeLimits, nativeLimits } from "./limits.ts";
import { serveStream, type SharedByCalls } from "./server_wire.ts";
import { type Listener, listenTcp } from "./tcp.ts";
import { listenTls } from "./tls.ts";

/** Options of {@linkcode listenNative}. */
export interface NativeServerOptions extends Omit<GrpcJsServerOptions, "onConnectionError"> {
  readonly limits?: NativeLimits;
  /**
   * Called for every error of a connection and for every TLS handshake that fails; `escaped` is what
   * code above the transport threw while a connection called it.
   */
  readonly onConnectionError: (origin: "socket" | "tls" | "escaped", error: Error) => void;
}

const BUFFERS = new BufferPool(32 * 1024, 64);

/** Starts a server. Rejects with `ListenError` when it cannot listen. */
export async function listenNative(options: NativeServerOptions): Promise<TransportServer> {
  const { hostname, port, tls, accept, maxReceiveMessageBytes } = options;
  const { onConnectionError, onConnections } = options;
  const carriers = new Carriers();
  const deadlines = new Deadlines();
  const limits = nativeLimits(options.limits);
  const http2 = http2Options(options, limits);
  const refused = refusals();
  const onError = (error: unknown) => onConnectionError("socket", asError(error));

  /** Carries a connection until it has closed. */
  async function carry(stream: ByteStream, peer: string): Promise<void> {
    const memory: RequestMemory = {
      used: 0,
      max: limits.maxRequestMemoryBytes,
      onExceeded: () => refused("requests"),
    };
    const shared: SharedByCalls = { accept, peer, deadlines, maxReceiveMessageBytes, memory };
    const connect = (carrier: Carrier) =>
      new Http2Connection(http2, {
        request: (stream) => serveStream(stream, shared),
        output: () => carrier.output(),
        over(error) {
          if (error) {
            onConnectionError(error.cause === undefined ? "socket" : "escaped", asError(error));
          }
          carrier.end();
        },
        cut(reason) {
          onError(new Error(`Cannot keep a connection: ${reason}`));
          carrier.close();
        },
        refused,
      });
    await carriers.run(new Carrier({ stream, connect, onError }));
  }

  const listening = { hostname, port, carry, onError, onConnections };
  const listener = tls
    ? await listenTls({ ...listening, tls, onHandshakeError: (e) => onConnectionError("tls", e) })
    : listenTcp(listening);
  return { address: listener.address, close: drainer(listener, carriers, deadlines) };
}

function drainer(
  listener: Listener,
  carriers: Carriers,
  deadlines: Deadlines,
): TransportServer["close"] {
  const late = Promise.withResolvers<void>();
  let closing: Promise<{ cut: boolean }> | undefined;

  async function drain(timeoutMs: number): Promise<{ cut: boolean }> {
    const timer = setTimeout(late.resolve, timeoutMs);
    // A client that is told to go comes back at once: by then it must not find this server any more.
    await listener.stop();
    const closed = listener.closed();
    carriers.drain();
    await Promise.race([closed, late.promise]);
    clearTimeout(timer);
    const cut = carriers.areBusy;
    carriers.close();
    listener.cut();
    await closed;
    deadlines.stop();
    return { cut };
  }

  return (timeoutMs) => {
    if (timeoutMs <= 0) late.resolve();
    return closing ??= drain(timeoutMs);
  };
}

/** The connections of a server. Some come when it closes: accepted just before, or after a handshake. */
class Carriers {
  readonly #all = new Set<Carrier>();
  #state: "open" | "draining" | "closed" = "open";

  /** Whether a call runs. */
  get areBusy(): boolean {
    return [...this.#all].some(({ isBusy }) => isBusy);
  }

  async run(carrier: Carrier): Promise<void> {
    this.#all.add(carrier);
    if (this.#state === "draining") carrier.drain();
    if (this.#state === "closed") carrier.close();
    await carrier.run();
    this.#all.delete(carrier);
  }

  drain(): void {
    this.#state = "draining";
    for (const carrier of this.#all) carrier.drain();
  }

  close(): void {
    this.#state = "closed";
    for (const carrier of this.#all) carrier.close();
  }
}

function http2Options(
  { connections }: NativeServerOptions,
  limits: Required<NativeLimits>,
): Http2Options {
  return {
    ...connections,
    maxHeaderListSize: limits.maxHeaderListBytes,
    streamWindow: limits.streamWindowBytes,
    connectionWindow: limits.connectionWindowBytes,
    maxWaitingBytes: limits.maxReplyMemoryBytes,
    maxBurst: limits.maxBurst,
    maxBurstPerSecond: limits.maxBurstPerSecond,
    greetingTimeoutMs: limits.greetingTimeoutMs,
    pool: BUFFERS,
    clock: systemClock,
  };
}

/** Counts what limits refuse. Every series is there from the start, so that rates and alerts work. */
function refusals(): (limit: Limit) => void {
  const count = (reason: Limit) => catalogued.counter("grpc_server_refused_total", { reason });
  const counters: Readonly<Record<Limit, ReturnType<typeof count>>> = {
    streams: count("streams"),
    headers: count("headers"),
    frames: count("frames"),
    resets: count("resets"),
    pings: count("pings"),
    replies: count("replies"),
    requests: count("requests"),
  };
  return (limit) => counters[limit].increment();
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
