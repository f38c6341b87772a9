/** Labels by name, `__name__` among them. */
export type Labels = Readonly<Record<string, string>>;

/** A native histogram as the API writes it. */
export interface NativeHistogram {
  readonly count: string;
  readonly sum: string;
  /** Kind of the bounds, lower bound, upper bound, count. */
  readonly buckets?: readonly (readonly [number, string, string, string])[];
}

/** A series of an answer: samples, and native histograms where it has some. */
export interface RawSeries {
  readonly metric: Labels;
  readonly values?: readonly (readonly [number, string])[];
  readonly histograms?: readonly (readonly [number, NativeHistogram])[];
}

/** The answer to a query. Times are seconds, values text, as they came. */
export interface QueryAnswer {
  readonly type: "vector" | "matrix" | "scalar" | "string";
  /** A vector's samples, a scalar and a string are series of one sample. */
  readonly series: readonly RawSeries[];
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

export interface MetricMetadata {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

export interface ExemplarsOfSeries {
  readonly seriesLabels: Labels;
  readonly exemplars: readonly {
    readonly labels: Labels;
    readonly value: string;
    /** Seconds. */
    readonly timestamp: number;
  }[];
}

export interface Alert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: "pending" | "firing" | string;
  readonly activeAt?: string;
  readonly value: string;
}

/** A rule; the members of alerts are there where `type` is "alerting". Durations are seconds. */
export interface Rule {
  readonly type: "alerting" | "recording";
  readonly name: string;
  readonly query: string;
  readonly labels?: Labels;
  readonly health: "ok" | "err" | "unknown" | string;
  readonly lastError?: string;
  readonly evaluationTime?: number;
  readonly lastEvaluation?: string;
  readonly state?: "inactive" | "pending" | "firing" | string;
  readonly duration?: number;
  readonly keepFiringFor?: number;
  readonly annotations?: Labels;
  readonly alerts?: readonly Alert[];
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  readonly interval: number;
  readonly rules: readonly Rule[];
  readonly evaluationTime?: number;
  readonly lastEvaluation?: string;
}

export interface ScrapeTarget {
  readonly labels: Labels;
  readonly discoveredLabels?: Labels;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly lastError: string;
  readonly lastScrape: string;
  /** Seconds. */
  readonly lastScrapeDuration: number;
  readonly health: "up" | "down" | "unknown" | string;
  readonly scrapeInterval?: string;
  readonly scrapeTimeout?: string;
}

export interface BuildInfo {
  readonly version: string;
  readonly revision?: string;
}
