/**
 * Metrics of others that our dashboards, rules and alerts may use. Without the program that exports
 * them a panel stays empty and an alert silent, so each needs a reason.
 *
 * @module
 */

/** A metric that we do not export. */
export interface ForeignMetric {
  readonly kind: "counter" | "gauge";
  /** Its labels beside those that a scrape adds. */
  readonly labels: readonly string[];
  /** Who exports it, and what we could not tell without it. */
  readonly reason: string;
}

/** The allowed ones, by name. One that nothing uses any more fails the drift test. */
export const FOREIGN_METRICS: Readonly<Record<string, ForeignMetric>> = {};
