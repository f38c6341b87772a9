/**
 * What can be chosen, what is chosen where nothing is said, and what is wrong with a choice.
 *
 * @module
 */
import type { Bounds } from "../../metrics/bounds.ts";
import { DEFAULT_QUANTILES } from "../../metrics/quantile.ts";
import type { RecencyOptions } from "../../metrics/recency.ts";
import type { Labels } from "../../metrics/recorder.ts";
import { turnNow } from "../../metrics/turn_clock.ts";
import { checkOptions } from "./check.ts";
import { bucketMatcher, type MetricBuckets } from "./matchers.ts";
import { labelName, type Naming } from "./names.ts";
import type { PushOptions } from "./push.ts";
import type { RecorderOptions } from "./recorder.ts";

/** Where an exporter listens by itself. */
export type ListenOptions =
  | { readonly hostname?: string; readonly port?: number }
  | { readonly path: string };

/** Options of a Prometheus exporter. */
export interface PrometheusOptions {
  /**
   * Serves the metrics on a port of its own; by default nothing listens, and the route is for a server
   * that there is. `true` is 0.0.0.0:9000; port 0 takes a free one. A `path` is a Unix socket, and
   * replaces a socket that is there. Every path gives the metrics, `/health` answers `OK`.
   */
  readonly listen?: true | ListenOptions;
  /** Quantiles of summaries, from 0 to 1. Default 0, 0.5, 0.9, 0.95, 0.99, 0.999 and 1. */
  readonly quantiles?: readonly number[];
  /** Milliseconds that one part of a summary's window collects. Default 20,000. */
  readonly bucketDuration?: number;
  /** Parts of a summary's window. Default 3: quantiles are those of the last 60 s. */
  readonly bucketCount?: number;
  /** Upper bounds, ascending, for every histogram. By default histograms are summaries. */
  readonly buckets?: readonly number[];
  /** Upper bounds for some metrics; they win over `buckets`. */
  readonly metricBuckets?: readonly MetricBuckets[];
  /** Labels of every series; a series' own label of the same name wins. */
  readonly globalLabels?: Labels;
  /** Removes series that were not touched for `idleTimeout` milliseconds. Default: series stay. */
  readonly idle?: RecencyOptions;
  /** Addresses and networks (`10.0.0.0/8`, `::1`) that may scrape; others get 403. Default all. */
  readonly allowedAddresses?: readonly string[];
  /** Sends the metrics to a Pushgateway as well. */
  readonly push?: PushOptions;
  /** Whether names are completed by unit and type. Default `as-is`. */
  readonly naming?: Naming;
  /** How many series and how long labels may get; see `Bounds`. */
  readonly bounds?: Pick<Bounds, "maxSeries" | "maxLabelLength">;
  /** Labels of an exemplar for the value being recorded, such as `trace_id`; for buckets only. */
  readonly exemplar?: () => Labels | undefined;
  /** Whether what prom-client measures of the process is exposed too. Default true. */
  readonly runtimeMetrics?: boolean;
  /** The time in milliseconds of Unix time. Default the system's, read once a turn. */
  readonly now?: () => number;
}

/** Options in which nothing is left to say. */
export interface ResolvedOptions {
  readonly listen: ListenOptions | undefined;
  readonly allowedAddresses: readonly string[] | undefined;
  readonly push: PushOptions | undefined;
  readonly naming: Naming;
  readonly runtimeMetrics: boolean;
  readonly recorder: RecorderOptions;
}

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} that names every option that is wrong, what it is and what it may be.
 */
export function resolveOptions(options: PrometheusOptions): ResolvedOptions {
  checkOptions(options);
  return {
    listen: options.listen === true ? {} : options.listen,
    allowedAddresses: options.allowedAddresses,
    push: options.push,
    naming: options.naming ?? "as-is",
    runtimeMetrics: options.runtimeMetrics ?? true,
    recorder: {
      globalLabels: Object.fromEntries(
        Object.entries(options.globalLabels ?? {}).map(([name, value]) => [labelName(name), value]),
      ),
      quantiles: options.quantiles ?? DEFAULT_QUANTILES,
      bucketDuration: options.bucketDuration ?? 20_000,
      bucketCount: options.bucketCount ?? 3,
      bucketsOf: bucketMatcher(options.metricBuckets ?? [], options.buckets),
      exemplar: options.exemplar,
      now: options.now ?? turnNow,
      bounds: options.bounds ?? {},
      idle: options.idle,
    },
  };
}
