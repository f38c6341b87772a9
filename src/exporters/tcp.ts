/**
 * Streams every single operation on a metric to whoever connects, in the protobuf format of the
 * metrics family in Rust: its tools (`metrics-observer`) can be pointed here.
 *
 * ```
 * handle ─▶ shared queue ─▶ encoder ─┬▶ client's queue ─▶ socket
 *           (newest dropped)         └▶ client's queue ─▶ socket   (oldest dropped)
 * ```
 *
 * Nothing is added up and nothing is repeated: a client sees what is recorded from when it connects.
 * The stream is open to anyone who can connect; listen on 127.0.0.1 where that is not wanted.
 *
 * @module
 */
import type { Recorder } from "../metrics/recorder.ts";
import { ListenError } from "../net/listen_error.ts";
import { acceptConnections } from "./tcp/accept.ts";
import type { Timestamp } from "./tcp/event.ts";
import { TcpRecorder } from "./tcp/recorder.ts";
import { type DropReason, Transport } from "./tcp/transport.ts";

export type { DropReason, Timestamp };

/** Where {@linkcode TcpExporter.listen} listens, and how much it holds. */
export interface TcpExporterOptions {
  /** Default `0.0.0.0`. */
  readonly hostname?: string;
  /** Default 5000; 0 takes a free one. */
  readonly port?: number;
  /**
   * How many operations the shared queue holds and how many frames the queue of each client, from 1;
   * default 1024. A frame is as long as name and labels, usually 50 to 200 bytes.
   * `null` is without limit, as the reference's `None`: a client that stops reading then grows the
   * process until memory ends, so `null` is for a client under your control.
   */
  readonly bufferSize?: number | null;
  /** Connections at the same time, from 1; more are closed at once and counted. Default 64. */
  readonly maxClients?: number;
  /** How long `close()` lets clients take what is queued, in milliseconds. Default 1000. */
  readonly closeTimeout?: number;
  /** The time written in an event, asked for when it is encoded. Default: the system's, to the millisecond. */
  readonly clock?: () => Timestamp;
  /**
   * Told how many operations were dropped, at most once a turn for each reason. What it records is
   * not sent here: a full queue cannot feed itself.
   */
  readonly onDrop?: (reason: DropReason, count: number) => void;
  /** Closes the exporter. */
  readonly signal?: AbortSignal;
}

/**
 * A server that sends metric events to TCP clients: a stream of Events (`event.proto` of
 * metrics-exporter-tcp), each behind its length as a varint. On connecting, a client is sent the
 * Metadata of every name described so far; names described later are seen by later clients only.
 * Then follows each operation as a Metric with its time. What clients send is not read.
 *
 * While no client is connected, recording costs a few nanoseconds and leaves no trace.
 *
 * ```ts
 * const exporter = await TcpExporter.listen({ hostname: "127.0.0.1", port: 5000 });
 * exporter.recorder.registerCounter("foo_counter", {}).increment();
 * await exporter.close();
 * ```
 */
export class TcpExporter implements AsyncDisposable {
  /** Records into the stream. Usable, and without effect, after `close()`. */
  readonly recorder: Recorder;
  /** Where the exporter listens. */
  readonly address: Deno.NetAddr;

  readonly #listener: Deno.TcpListener;
  readonly #transport: Transport;
  readonly #stopping = new AbortController();
  readonly #closeTimeout: number;
  readonly #accepting: Promise<void>;
  #closed: Promise<void> | undefined;

  /**
   * Starts an exporter. Throws RangeError for an option out of range, the signal's reason if that is
   * aborted, and {@linkcode ListenError} when the address cannot be listened on.
   */
  // deno-lint-ignore require-await -- listening is synchronous in Deno today; callers need not know
  static async listen(options: TcpExporterOptions = {}): Promise<TcpExporter> {
    const { hostname = "0.0.0.0", port = 5000, signal } = options;
    signal?.throwIfAborted();
    checkOptions(options);
    let listener: Deno.TcpListener;
    try {
      listener = Deno.listen({ hostname, port });
    } catch (cause) {
      throw new ListenError({ hostname, port, purpose: "metrics clients", cause });
    }
    return new TcpExporter(listener, options);
  }

  private constructor(listener: Deno.TcpListener, options: TcpExporterOptions) {
    const { bufferSize = 1024, maxClients = 64, clock = systemClock, onDrop, signal } = options;
    const transport = new Transport({
      bufferSize: bufferSize ?? Infinity,
      maxClients,
      clock,
      onDrop,
    });
    const recorder = new TcpRecorder(transport);
    this.recorder = recorder;
    this.address = listener.addr;
    this.#listener = listener;
    this.#transport = transport;
    this.#closeTimeout = options.closeTimeout ?? 1000;
    this.#accepting = acceptConnections(
      listener,
      (conn) => transport.add(conn, recorder.encodeDescriptions()),
      this.#stopping.signal,
    );
    signal?.addEventListener("abort", () => this.close(), { signal: this.#stopping.signal });
  }

  /** How many clients are connected. One that has left silently counts until a write to it fails. */
  get clients(): number {
    return this.#transport.clients;
  }

  /** Connections refused since the start because `maxClients` were there already. */
  get refused(): number {
    return this.#transport.refused;
  }

  /** Operations dropped since the start. */
  get dropped(): Readonly<Record<DropReason, number>> {
    return { ...this.#transport.dropped };
  }

  /** Stops accepting, sends what is queued for as long as `closeTimeout`, and closes every connection. */
  close(): Promise<void> {
    return this.#closed ??= this.#close();
  }

  /** The same as `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#stopping.abort();
    this.#listener.close();
    await this.#transport.close(this.#closeTimeout);
    await this.#accepting;
  }
}

function checkOptions({ bufferSize, maxClients, closeTimeout }: TcpExporterOptions): void {
  checkRange("bufferSize", bufferSize ?? undefined, 1, 2 ** 32);
  checkRange("maxClients", maxClients, 1, 2 ** 32);
  checkRange("closeTimeout", closeTimeout, 0, 2 ** 31 - 1);
}

function checkRange(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw new RangeError(
    `Cannot start the TCP exporter: '${name}' must be an integer from ${min} to ${max}, current value is ${value}`,
  );
}

function systemClock(): Timestamp {
  const milliseconds = Date.now();
  return { seconds: Math.floor(milliseconds / 1000), nanos: milliseconds % 1000 * 1_000_000 };
}
