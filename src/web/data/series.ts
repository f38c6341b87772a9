/**
 * What a panel gets to draw.
 *
 * @module
 */
import type { Target } from "../model/dashboard.ts";

/** A span of time in milliseconds since the unix epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * One series of a query's result. Of a query with format `heatmap` they come by rising `le`, named by
 * it, and each holds its own bucket alone, no longer the sum of all below.
 */
export interface DataSeries {
  readonly refId: string;
  /** By the query's legend format, Grafana's rules. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds, rising; all series of a range query share the same steps. */
  readonly times: readonly number[];
  /** null where there is no sample; NaN and infinities as they came. */
  readonly values: readonly (number | null)[];
  /** Where a sample is no number (a native histogram, a string): its text, beside a null value. */
  readonly texts?: readonly (string | undefined)[];
}

/** A column of a table. */
export interface TableColumn {
  readonly name: string;
  readonly kind: "time" | "number" | "string";
  readonly refId: string;
  /** Of the series that a column of numbers came from. */
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds in columns of time. */
  readonly values: readonly (number | string | null)[];
}

/** What a table shows: columns of the same length. */
export interface DataTable {
  readonly name: string;
  readonly columns: readonly TableColumn[];
}

/** A dot that leads to a trace. */
export interface ExemplarPoint {
  readonly refId: string;
  readonly time: number;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly seriesLabels: Readonly<Record<string, string>>;
}

/** A mark on the time axis. */
export interface AnnotationMark {
  readonly time: number;
  readonly timeEnd?: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly color: string;
}

/** A query as it was asked, for inspection. */
export interface AskedQuery {
  readonly target: Target;
  /** With variables filled in. */
  readonly expr: string;
  /** Seconds. */
  readonly step: number;
  readonly instant: boolean;
}

/** A panel's data at one moment. What was shown stays while new data is on its way. */
export interface PanelData {
  /** `stale`: the last try failed, and what is shown is older. */
  readonly state: "loading" | "done" | "stale" | "error";
  readonly range: TimeRange;
  readonly series: readonly DataSeries[];
  /**
   * The same as tables, after the panel's transformations: what a table shows. Only for tables and for
   * panels with transformations.
   */
  readonly tables?: readonly DataTable[];
  readonly exemplars: readonly ExemplarPoint[];
  readonly annotations: readonly AnnotationMark[];
  readonly queries: readonly AskedQuery[];
  /** What went wrong, for people: which query, what was said, what to do. */
  readonly error?: string;
  /** Warnings and infos of Prometheus. */
  readonly notices: readonly string[];
}
