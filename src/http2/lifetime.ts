/**
 * How long a connection lasts: its age, how long it idles, whether its peer is still there, and how it
 * says goodbye (RFC 9113, sections 6.7, 6.8 and 9.1).
 *
 * @module
 */
import type { Http2Events, Http2Options } from "./options.ts";
import type { Streams } from "./streams.ts";

/** The first GOAWAY of two names no stream (section 6.8). */
const LARGEST_STREAM = 2 ** 31 - 1;

/** The first GOAWAY reaches the client at the latest after this long, or the client is slow. */
const GOAWAY_WAIT_MS = 1000;

/** Pings of ours carry what they are for. */
const KEEPALIVE: Uint8Array = new TextEncoder().encode("keepaliv");
const GOODBYE: Uint8Array = new TextEncoder().encode("goodbye!");

/** The timers of one connection. */
export class Lifetime {
  /** Whether anything has come since it was last asked. */
  heard = false;
  readonly #options: Http2Options;
  readonly #streams: Streams;
  readonly #events: Pick<Http2Events, "over" | "cut">;
  readonly #timers = new Map<string, () => void>();
  #idleSince: number | undefined;
  /** Whether the client has acknowledged our settings, so that it knows what a GOAWAY is about. */
  #isSettled = false;
  /** Why the client is told to go, once it is to be told. */
  #reason: string | undefined;
  /** Whether it ends with its last stream. */
  #isLeaving = false;

  constructor(options: Http2Options, streams: Streams, events: Pick<Http2Events, "over" | "cut">) {
    this.#options = options;
    this.#streams = streams;
    this.#events = events;
    const { maxAgeMs, maxAgeGraceMs, maxIdleMs, greetingTimeoutMs } = options;
    // A tenth more or less, so that clients which connected together do not come back together.
    this.#after("age", maxAgeMs * (0.9 + Math.random() * 0.2), () => {
      this.#after("grace", maxAgeGraceMs, () => events.cut("its calls outlived its age"));
      this.goAway("max_age");
    });
    this.#after("greeting", greetingTimeoutMs, () => events.cut("it does not begin"));
    this.#after("idle", maxIdleMs, () => this.#lookIdle());
    this.#lookAliveLater();
    this.idle(true);
  }

  /** Says whether there is no stream. */
  idle(isIdle: boolean): void {
    if (isIdle) this.#leaveIfEmpty();
    if (this.#options.maxIdleMs === Infinity) return;
    this.#idleSince = isIdle ? this.#options.clock.now() : undefined;
  }

  /** The client's preface is complete (section 3.4). */
  greeted(): void {
    this.#cancel("greeting");
  }

  /** The client has acknowledged our settings (section 6.5.3). */
  settled(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    if (this.#reason !== undefined) this.#goAwayAtFirst(this.#reason);
  }

  /** Takes the acknowledgement of a ping. */
  pinged(bytes: Uint8Array, at: number): void {
    const answers = (opaque: Uint8Array) => opaque.every((byte, i) => bytes[at + i] === byte);
    if (answers(KEEPALIVE)) this.#lookAliveLater();
    if (answers(GOODBYE) && this.#isSettled && this.#reason !== undefined) this.#goAwayAtLast();
  }

  /**
   * Tells the client to go. At first nothing is refused, since calls may be under way; when the client
   * has answered a ping, it knows, and what it still sends is refused (section 6.8). A client that has
   * not even begun is told when it has: grpc-js 1.14 does not hear a GOAWAY that comes together with
   * the settings, and then makes its call on that connection for ever, without a pause.
   */
  goAway(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    if (this.#isSettled) this.#goAwayAtFirst(reason);
    else this.#after("goaway", GOAWAY_WAIT_MS, () => this.settled());
  }

  /** Ends with the last stream; the client has said that it goes, or was told to. */
  leave(): void {
    this.#isLeaving = true;
    this.#leaveIfEmpty();
  }

  /** Ends all timers, and is silent from then on. */
  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#isLeaving = false;
  }

  /** Tells the client to begin nothing more. */
  #goAwayAtFirst(reason: string): void {
    this.#streams.writer.goaway(LARGEST_STREAM, "NO_ERROR", reason);
    this.#streams.writer.ping(GOODBYE, false);
    this.#after("goaway", GOAWAY_WAIT_MS, () => this.#goAwayAtLast());
  }

  /** Tells the client which of its calls are still answered. */
  #goAwayAtLast(): void {
    if (this.#streams.isClosing) return;
    this.#cancel("goaway");
    this.#streams.writer.goaway(this.#streams.last, "NO_ERROR", "");
    this.#streams.isClosing = true;
    this.leave();
  }

  /** Ends when it is to end, and nothing runs any more. */
  #leaveIfEmpty(): void {
    if (!this.#isLeaving || this.#streams.open.size > 0) return;
    const { writer, last, isClosing } = this.#streams;
    if (!isClosing) writer.goaway(last, "NO_ERROR", "");
    this.#events.over(undefined);
  }

  #lookIdle(): void {
    const { clock, maxIdleMs } = this.#options;
    const left = maxIdleMs - (clock.now() - (this.#idleSince ?? clock.now()));
    if (left <= 0) this.goAway("max_idle");
    else this.#after("idle", left, () => this.#lookIdle());
  }

  #lookAlive(): void {
    if (this.heard) return this.#lookAliveLater();
    this.#streams.writer.ping(KEEPALIVE, false);
    this.#after("keepalive", this.#options.keepaliveTimeoutMs, () => {
      if (this.heard) this.#lookAliveLater();
      else this.#events.cut("it does not answer a ping");
    });
  }

  #lookAliveLater(): void {
    this.heard = false;
    this.#after("keepalive", this.#options.keepaliveTimeMs, () => this.#lookAlive());
  }

  #after(what: string, ms: number, then: () => void): void {
    if (ms === Infinity) return;
    this.#cancel(what);
    const cancel = this.#options.clock.after(Math.ceil(ms), () => {
      this.#timers.delete(what);
      then();
    });
    this.#timers.set(what, cancel);
  }

  #cancel(what: string): void {
    this.#timers.get(what)?.();
    this.#timers.delete(what);
  }
}
