import { parseDuration } from "../model/time_range.ts";
import type { ScrapeTarget } from "./answers.ts";

/** What Grafana takes where nothing is said. */
const USUAL = 15;

/**
 * Seconds between two scrapes, for `$__rate_interval`: the shortest of all targets, so that the most
 * detailed data is seen as it is; 15 where none says it.
 */
export function scrapeSecondsOf(targets: readonly ScrapeTarget[]): number {
  const known = targets.map(({ scrapeInterval = "" }) => parseDuration(scrapeInterval) ?? 0)
    .filter((seconds) => seconds > 0);
  return known.length === 0 ? USUAL : Math.min(...known);
}
