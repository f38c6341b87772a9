/**
 * Our own server of HTTP/2 as a transport for gRPC: listens, hands each call on, drains. Begin here;
 * `carrier.ts` has a connection's bytes, `server_wire.ts` a call, `src/http2` the protocol between.
 *
 * @module
 */
import { BufferPool } from "../../http2/buffer_pool.ts";
import { systemClock } from "../../http2/clock.ts";
import type { Http2Options } from "../../http2/connection.ts";
import type { Limit } from "../../http2/error.ts";
import type { Stream } from "../../http2/stream.ts";
import { catalogued } from "../../metrics/mod.ts";
import type { GrpcJsServerOptions, TransportServer } from "../grpc_js/server.ts";
import { type ByteStream, Carrier } from "./carrier.ts";
import { Deadlines } from "./deadlines.ts";
import { type NativeLimits, nativeLimits } from "./limits.ts";
import type { RequestMemory } from "./request_memory.ts";
import { serveStream } from "./serve_stream.ts";
import type { SharedByCalls } from "./server_wire.ts";
import { type Listener, listenTcp } from "./tcp.ts";
import { listenTls } from "./tls.ts";

/** Options of {@linkcode listenNative}. */
export interface NativeServerOptions extends Omit<GrpcJsServerOptions, "onConnectionError"> {
  readonly limits?: NativeLimits;
  /**
   * Called for every error of a connection and for every TLS handshake that fails; `escaped` is what
   * code above the transport threw while a connection called it.
   */
  readonly onConnectionError: (origin: "socket" | "tls" | "escaped", error: unknown) => void;
}

/** Starts a server. Rejects with `ListenError` when it cannot listen. */
export async function listenNative(options: NativeServerOptions): Promise<TransportServer> {
  const { tls, accept, maxReceiveMessageBytes, onConnectionError: onError } = options;
  const limits = nativeLimits(options.limits);
  const http2 = http2Options(options, limits);
  const connections = new Connections();
  const deadlines = new Deadlines();
  const refused = refusals();

  function carry(stream: ByteStream, peer: string): Promise<void> {
    const memory: RequestMemory = {
      used: 0,
      max: limits.maxRequestMemoryBytes,
      maxMessage: maxReceiveMessageBytes,
      onExceeded: () => refused("requests"),
    };
    const shared: SharedByCalls = { accept, peer, deadlines, memory };
    const request = (stream: Stream) => serveStream(stream, shared);
    return connections.carry(new Carrier({ stream, http2, request, refused, onError }));
  }

  const listener = tls
    ? await listenTls({ ...options, tls, carry })
    : listenTcp({ ...options, carry });
  return { address: listener.address, close: drainer(listener, connections, deadlines) };
}

function drainer(
  listener: Listener,
  connections: Connections,
  deadlines: Deadlines,
): TransportServer["close"] {
  const late = Promise.withResolvers<void>();
  let closing: Promise<{ cut: boolean }> | undefined;

  async function drain(timeoutMs: number): Promise<{ cut: boolean }> {
    const timer = setTimeout(late.resolve, timeoutMs);
    // A client that is told to go comes back at once: by then it must not find this server any more.
    await listener.stop();
    const closed = listener.handedOver().then(() => connections.closed());
    connections.end("drain");
    await Promise.race([closed, late.promise]);
    clearTimeout(timer);
    const cut = connections.areBusy;
    connections.end("close");
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
class Connections {
  readonly #all = new Map<Carrier, Promise<void>>();
  /** What those that come are to do at once. */
  #order: "drain" | "close" | undefined;

  /** Whether a call runs. */
  get areBusy(): boolean {
    return this.#all.keys().some(({ isBusy }) => isBusy);
  }

  /** Carries one until it has closed. */
  carry(carrier: Carrier): Promise<void> {
    if (this.#order !== undefined) carrier[this.#order]();
    const carried = carrier.run().finally(() => this.#all.delete(carrier));
    this.#all.set(carrier, carried);
    return carried;
  }

  /** Makes all drain, or close. */
  end(order: "drain" | "close"): void {
    this.#order = order;
    for (const carrier of this.#all.keys()) carrier[order]();
  }

  /** Resolves when all that there are have closed. */
  async closed(): Promise<void> {
    await Promise.all(this.#all.values());
  }
}

const BUFFERS = new BufferPool(32 * 1024, 64);

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
