/**
 * How often a client may ping (RFC 9113, section 6.7; gRFC A8, A9).
 *
 * @module
 */

/** How often a client may ping too soon: gRPC core's `grpc.http2.max_ping_strikes`. */
const MAX_STRIKES = 2;

/** Counts the pings of one client. */
export class PingLimit {
  /** Whether HEADERS or DATA were sent since the ping before: clients measure with pings then. */
  sent = false;
  readonly #minIntervalMs: number;
  #last = -Infinity;
  #strikes = 0;

  constructor(minIntervalMs: number) {
    this.#minIntervalMs = minIntervalMs;
  }

  /** A ping has come: whether it is the one too many, after which the connection ends. */
  exceeded(now: number): boolean {
    const early = now - this.#last < this.#minIntervalMs;
    this.#last = now;
    if (this.sent) this.#strikes = 0;
    else if (early) this.#strikes++;
    this.sent = false;
    return this.#strikes === MAX_STRIKES + 1;
  }
}
