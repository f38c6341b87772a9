/**
 * How long a connection lasts: its age, how long it idles, whether its peer is still there, and how it
 * says goodbye (RFC 9113, sections 6.7, 6.8 and 9.1).
 *
 * @module
 */
import type { Clock } from "./clock.ts";

/** Times in milliseconds, `Infinity` for none; the names of gRPC core's channel arguments. */
export interface LifetimeOptions {
  readonly maxAgeMs: number;
  readonly maxAgeGraceMs: number;
  readonly maxIdleMs: number;
  readonly keepaliveTimeMs: number;
  readonly keepaliveTimeoutMs: number;
  /** How long the client may take until its preface is complete. */
  readonly greetingTimeoutMs: number;
  readonly clock: Clock;
}

/** What a lifetime makes its connection do. */
export interface LifetimeActions {
  /** Send GOAWAY: the first with the largest stream, the last with the one that counts. */
  goaway(phase: "first" | "last", debug: string): void;
  ping(opaque: Uint8Array): void;
  /** End without a word. */
  cut(reason: string): void;
}

/** The first GOAWAY reaches the client at the latest after this long, or the client is slow. */
const GOAWAY_WAIT_MS = 1000;

/** Pings of ours carry what they are for. */
const KEEPALIVE: Uint8Array = new TextEncoder().encode("keepaliv");
const GOODBYE: Uint8Array = new TextEncoder().encode("goodbye!");

/** The timers of one connection. */
export class Lifetime {
  /** Whether anything has come since it was last asked. */
  heard = false;
  readonly #options: LifetimeOptions;
  readonly #actions: LifetimeActions;
  readonly #timers = new Map<string, () => void>();
  #idleSince: number | undefined;
  #goaway: "none" | "first" | "last" = "none";
  /** Whether the client has acknowledged our settings, so that it knows what a GOAWAY is about. */
  #isSettled = false;
  /** Why the client is told to go as soon as it has. */
  #goAwaySoon: string | undefined;
  /** Whether a ping asks for an answer. */
  #asksAlive = false;

  constructor(options: LifetimeOptions, actions: LifetimeActions) {
    this.#options = options;
    this.#actions = actions;
    const { maxAgeMs, maxAgeGraceMs, maxIdleMs } = options;
    // A tenth more or less, so that clients which connected together do not come back together.
    this.#after("age", maxAgeMs * (0.9 + Math.random() * 0.2), () => {
      this.#after("grace", maxAgeGraceMs, () => this.#actions.cut("its calls outlived its age"));
      this.goAway("max_age");
    });
    this.#after("greeting", options.greetingTimeoutMs, () => actions.cut("it does not begin"));
    this.#after("idle", maxIdleMs, () => this.#lookIdle());
    this.#lookAliveLater();
    this.idle(true);
  }

  /** Says whether there is a stream. */
  idle(isIdle: boolean): void {
    if (this.#options.maxIdleMs === Infinity) return;
    this.#idleSince = isIdle ? this.#options.clock.now() : undefined;
  }

  /** The client's preface is complete (section 3.4). */
  greeted(): void {
    this.#cancel("greeting");
  }

  /** The client has acknowledged our settings (section 6.5.3). */
  settled(): void {
    this.#isSettled = true;
    if (this.#goAwaySoon !== undefined) this.goAway(this.#goAwaySoon);
  }

  /** Takes the acknowledgement of a ping. */
  pinged(bytes: Uint8Array, at: number): void {
    const answers = (opaque: Uint8Array) => opaque.every((byte, i) => bytes[at + i] === byte);
    if (this.#goaway === "first" && answers(GOODBYE)) this.#goAwayAtLast();
    if (this.#asksAlive && answers(KEEPALIVE)) this.#lookAliveLater();
  }

  /**
   * Tells the client to go. At first nothing is refused, since calls may be under way; when the client
   * has answered a ping, it knows, and what it still sends is refused (section 6.8). A client that has
   * not even begun is told when it has: grpc-js 1.14 does not hear a GOAWAY that comes together with
   * the settings, and then makes its call on that connection for ever, without a pause.
   */
  goAway(debug: string): void {
    if (this.#goaway !== "none") return;
    if (!this.#isSettled) {
      if (this.#goAwaySoon !== undefined) return;
      this.#goAwaySoon = debug;
      return this.#after("settled", GOAWAY_WAIT_MS, () => this.settled());
    }
    this.#cancel("settled");
    this.#goaway = "first";
    this.#actions.goaway("first", debug);
    this.#actions.ping(GOODBYE);
    this.#after("goaway", GOAWAY_WAIT_MS, () => this.#goAwayAtLast());
  }

  /** Ends all timers. */
  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#goaway = "last";
  }

  /** Tells the client which of its calls are still answered. */
  #goAwayAtLast(): void {
    if (this.#goaway === "last") return;
    this.#goaway = "last";
    this.#cancel("goaway");
    this.#actions.goaway("last", "");
  }

  #lookIdle(): void {
    const { clock, maxIdleMs } = this.#options;
    const left = maxIdleMs - (clock.now() - (this.#idleSince ?? clock.now()));
    if (left <= 0) this.goAway("max_idle");
    else this.#after("idle", left, () => this.#lookIdle());
  }

  #lookAlive(): void {
    if (this.heard) return this.#lookAliveLater();
    this.#asksAlive = true;
    this.#actions.ping(KEEPALIVE);
    this.#after("keepalive", this.#options.keepaliveTimeoutMs, () => {
      if (this.heard) this.#lookAliveLater();
      else this.#actions.cut("it does not answer a ping");
    });
  }

  #lookAliveLater(): void {
    this.heard = false;
    this.#asksAlive = false;
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
