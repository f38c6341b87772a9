/** How much a store keeps. */
export interface StoreOptions {
  /** How long samples are kept after the newest of all, in milliseconds. Default: 24 hours. */
  readonly retentionMs?: number | undefined;
  /** Series at once. Where a new one meets the limit, one that has ended goes for it. Default: 50,000. */
  readonly maxSeries?: number | undefined;
  /** Bytes of samples; above, the oldest go before their time. Default: 512 MiB. */
  readonly maxBytes?: number | undefined;
  /** Exemplars of all series; the newest are kept. Default: 10,000. */
  readonly maxExemplars?: number | undefined;
  /** The time now, in milliseconds: samples more than ten minutes ahead are refused. */
  readonly clock?: (() => number) | undefined;
}

/** Options with their defaults. Throws a RangeError for what makes no sense. */
export function storeLimits(options: StoreOptions): StoreLimits {
  const limits = {
    retentionMs: options.retentionMs ?? 24 * 3_600_000,
    maxSeries: options.maxSeries ?? 50_000,
    maxBytes: options.maxBytes ?? 512 * 1024 * 1024,
    maxExemplars: options.maxExemplars ?? 10_000,
  };
  for (const [name, value] of Object.entries(limits)) {
    if (!(value >= 0)) {
      throw new RangeError(
        `Cannot make a store: '${name}' must not be negative, current value is ${value}`,
      );
    }
  }
  return { ...limits, clock: options.clock ?? Date.now };
}

/** {@linkcode StoreOptions} without undefined. */
export interface StoreLimits {
  readonly retentionMs: number;
  readonly maxSeries: number;
  readonly maxBytes: number;
  readonly maxExemplars: number;
  readonly clock: () => number;
}
