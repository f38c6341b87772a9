/**
 * Scrapes targets at an interval into a store, as Prometheus does.
 *
 * ```ts
 * const scraper = new Scraper({ store, targets, intervalMs: 5000, timeoutMs: 4000, log });
 * await scraper.close();
 * ```
 *
 * @module
 */
import type { Logger } from "../../logging/logger.ts";
import type { ActiveTarget, DroppedTarget, TargetSource } from "../api/sources.ts";
import { type Clock, SYSTEM_CLOCK, ticks } from "../clock.ts";
import { Labels } from "../labels.ts";
import { formatDuration } from "../promql/print/numbers.ts";
import type { Store } from "../store/store.ts";
import { type ScrapeOutcome, TargetScrapes } from "./scrape.ts";
import type { Target } from "./target.ts";

/** Options of {@linkcode Scraper}. */
export interface ScraperOptions {
  readonly store: Store;
  /** One that comes twice, with the same labels and address, is scraped once. */
  readonly targets: readonly Target[];
  /** Milliseconds between two scrapes of a target. */
  readonly intervalMs: number;
  /** Milliseconds after which a scrape has failed; at most the interval. */
  readonly timeoutMs: number;
  /** Samples that a page may have; one with more fails. Default: 100,000. */
  readonly maxSamples?: number;
  readonly log: Logger;
  /** Default the system's. */
  readonly clock?: Clock | undefined;
}

/**
 * A scrape that is late by no more than this, in milliseconds, and by no more than a hundredth of the
 * interval, has the time it was due: even steps compress better.
 */
const ALIGNMENT = 10;

/** What is known of a target. */
interface TargetState {
  readonly health: ActiveTarget["health"];
  readonly lastError: string;
  readonly lastScrape: number | undefined;
  readonly lastScrapeDurationMs: number;
  readonly isDropping: boolean;
}

const UNKNOWN: TargetState = {
  health: "unknown",
  lastError: "",
  lastScrape: undefined,
  lastScrapeDurationMs: 0,
  isDropping: false,
};

/** Scrapes until it is closed. */
export class Scraper implements TargetSource {
  readonly #options: ScraperOptions;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  readonly #states = new Map<Target, TargetState>();
  readonly #loops: readonly Promise<void>[];

  /** Throws a RangeError when interval or timeout make no sense. */
  constructor(options: ScraperOptions) {
    const { intervalMs, timeoutMs, targets, clock = SYSTEM_CLOCK } = options;
    if (!(intervalMs >= 1 && timeoutMs >= 1 && timeoutMs <= intervalMs)) {
      throw new RangeError(
        `Cannot scrape every ${intervalMs} ms with a timeout of ${timeoutMs} ms: both must be at ` +
          "least 1, and the timeout at most the interval",
      );
    }
    this.#options = options;
    this.#clock = clock;
    const byAddress = new Map(targets.map((one) => [`${one.labels.key} ${one.url}`, one]));
    for (const target of byAddress.values()) this.#states.set(target, UNKNOWN);
    this.#loops = [...this.#states.keys()].map((target) => this.#run(target));
  }

  /** What is known of each target, in the order given. */
  active(): readonly ActiveTarget[] {
    const { intervalMs, timeoutMs } = this.#options;
    return [...this.#states].map(([target, { isDropping: _, ...state }]) => ({
      discoveredLabels: discoveredLabels(target, intervalMs, timeoutMs),
      labels: target.labels,
      scrapePool: target.labels.get("job"),
      scrapeUrl: target.url.href,
      globalUrl: target.url.href,
      ...state,
      scrapeIntervalMs: intervalMs,
      scrapeTimeoutMs: timeoutMs,
    }));
  }

  /** None: whatever is given is scraped. */
  dropped(): readonly DroppedTarget[] {
    return [];
  }

  /** Stops, and says in the store that every series has ended. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("the scraper was closed"));
    await Promise.all(this.#loops);
  }

  async #run(target: Target): Promise<void> {
    const { store, intervalMs, timeoutMs, maxSamples = 100_000 } = this.#options;
    const { signal } = this.#stop;
    const clock = this.#clock;
    const scrapes = new TargetScrapes(target, store, { maxSamples });
    const late = Math.min(ALIGNMENT, intervalMs / 100);
    for await (const { due } of ticks({ start: clock.now(), intervalMs, clock, signal })) {
      const now = clock.now();
      const time = now - due <= late ? due : now;
      const outcome = await scrapes.scrape(time, timeoutMs, signal);
      if (!signal.aborted) this.#note(target, time, outcome);
    }
    await scrapes.end(clock.now());
  }

  #note(target: Target, time: number, { error, durationMs, dropped }: ScrapeOutcome): void {
    const before = this.#states.get(target);
    const { log } = this.#options;
    const fields = { target: target.url.href };
    if (error !== "" && before?.lastError !== error) {
      log.warn("a scrape failed", { ...fields, reason: error });
    } else if (error === "" && before?.health === "down") {
      log.info("a target is up again", fields);
    }
    if (dropped !== undefined && before?.isDropping !== true) {
      log.warn("samples of a page are not stored", { ...fields, ...dropped });
    }
    this.#states.set(target, {
      health: error === "" ? "up" : "down",
      lastError: error,
      lastScrape: time,
      lastScrapeDurationMs: durationMs,
      isDropping: dropped !== undefined,
    });
  }
}

/** As Prometheus would have found the target in its configuration. */
function discoveredLabels(
  { url, labels }: Target,
  intervalMs: number,
  timeoutMs: number,
): Labels {
  return Labels.of([
    ["__address__", url.host],
    ["__metrics_path__", url.pathname],
    ["__scheme__", url.protocol.replace(":", "")],
    ["__scrape_interval__", formatDuration(intervalMs)],
    ["__scrape_timeout__", formatDuration(timeoutMs)],
    ["job", labels.get("job")],
    ...[...url.searchParams].map(([name, value]) => [`__param_${name}`, value] as const),
  ]);
}
