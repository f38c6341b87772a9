/**
 * The way of an operation from a handle to the clients: a shared queue, the encoder, and a queue
 * for each client.
 *
 * @module
 */
import { Client } from "./client.ts";
import {
  encodeMetric,
  isCounterOperation,
  isUint64,
  type Operation,
  type Timestamp,
} from "./event.ts";
import { RefusingQueue } from "./queue.ts";
import type { Bytes } from "./protobuf.ts";
import type { Outlet, Series } from "./recorder.ts";

/**
 * Why an operation did not reach a client:
 * - `queue_full`: more was recorded in one turn of the event loop than the shared queue holds; the
 *   newest are dropped, for all clients;
 * - `client_full`: a client reads too slowly; its oldest frames are dropped, for it alone;
 * - `invalid_value`: a counter was given what is no uint64, or `recordMany` a count that is not whole.
 */
export type DropReason = "queue_full" | "client_full" | "invalid_value";

export interface TransportOptions {
  /** Entries of the shared queue, and frames of each client's; `Infinity` for no limit. */
  readonly bufferSize: number;
  readonly maxClients: number;
  readonly clock: () => Timestamp;
  readonly onDrop: ((reason: DropReason, count: number) => void) | undefined;
}

interface Entry {
  readonly series: Series;
  readonly operation: Operation;
  readonly value: number | bigint;
}

/** Takes operations while there are clients, and gives each client the same frames. */
export class Transport implements Outlet {
  isOpen = false;
  /** Operations dropped since the start; one that two clients miss counts twice as `client_full`. */
  readonly dropped: Record<DropReason, number> = {
    queue_full: 0,
    client_full: 0,
    invalid_value: 0,
  };
  /** Connections closed since the start because `maxClients` were there already. */
  refused = 0;

  readonly #options: TransportOptions;
  readonly #queue: RefusingQueue<Entry>;
  readonly #clients = new Set<Client>();
  #reported = { ...this.dropped };
  #isScheduled = false;
  #isClosed = false;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#queue = new RefusingQueue(options.bufferSize);
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Takes a connection over; `preamble` is what it is sent first. */
  add(conn: Deno.TcpConn, preamble: Bytes): void {
    if (this.#isClosed) return conn.close();
    if (this.#clients.size >= this.#options.maxClients && !this.#makeRoom()) {
      this.refused++;
      return conn.close();
    }
    const client = new Client(conn, preamble, this.#options.bufferSize);
    this.#clients.add(client);
    this.#updateOpen();
    client.gone.then(() => this.#remove(client));
  }

  send(series: Series, operation: Operation, value: number | bigint, times = 1): void {
    this.#schedule();
    const isValid = isCounterOperation(operation) ? isUint64(value) : isUint64(times);
    if (!isValid) {
      this.dropped.invalid_value++;
      return;
    }
    const entry = { series, operation, value };
    for (let left = times; left > 0; left--) {
      if (this.#queue.push(entry)) continue;
      this.dropped.queue_full += left;
      return;
    }
  }

  /** Sends what is queued, then closes every connection; after `timeout` milliseconds in any case. */
  async close(timeout: number): Promise<void> {
    this.#isClosed = true;
    this.#drain();
    this.#updateOpen();
    const clients = [...this.#clients];
    for (const client of clients) client.finish();
    const timer = setTimeout(() => clients.forEach((client) => client.close()), timeout);
    await Promise.all(clients.map((client) => client.gone));
    clearTimeout(timer);
  }

  /** Closes a peer that only listens, if it listens at all, for one that is here for certain. */
  #makeRoom(): boolean {
    for (const client of this.#clients) {
      if (!client.hasEnded) continue;
      client.close();
      this.#remove(client);
      return true;
    }
    return false;
  }

  #remove(client: Client): void {
    this.#clients.delete(client);
    this.#updateOpen();
  }

  /** Open while there is somebody to send to. */
  #updateOpen(): void {
    this.isOpen = this.#clients.size > 0 && !this.#isClosed;
  }

  /** As a microtask: what is recorded in one go is encoded in one go, right after. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => this.#drain());
  }

  #drain(): void {
    this.#isScheduled = false;
    for (const { series, operation, value } of this.#queue.takeAll()) {
      const frame = encodeMetric(series.encoded, operation, value, this.#options.clock());
      for (const client of this.#clients) {
        if (!client.queue(frame)) this.dropped.client_full++;
      }
    }
    for (const client of this.#clients) client.flush();
    this.#report();
  }

  /** Closed meanwhile, or a drop that is recorded here as well could lead to the next, without end. */
  #report(): void {
    const { onDrop } = this.#options;
    if (onDrop === undefined) return;
    this.isOpen = false;
    try {
      for (const reason of Object.keys(this.dropped) as DropReason[]) {
        const count = this.dropped[reason] - this.#reported[reason];
        this.#reported[reason] = this.dropped[reason];
        if (count > 0) onDrop(reason, count);
      }
    } finally {
      this.#updateOpen();
    }
  }
}
