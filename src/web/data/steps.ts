import { parseDuration } from "../model/time_range.ts";
import type { TimeRange } from "./series.ts";

/** Grafana's ladder: an interval below the first of a pair, in milliseconds, becomes the second. */
const LADDER: readonly (readonly [number, number])[] = [
  ...([[10, 1], [15, 10], [35, 20], [75, 50], [150, 100], [350, 200], [750, 500]] as const),
  ...([[1500, 1e3], [3500, 2e3], [7500, 5e3], [12_500, 1e4], [17_500, 15e3]] as const),
  ...([[25e3, 2e4], [45e3, 3e4], [9e4, 6e4], [21e4, 12e4], [45e4, 3e5], [75e4, 6e5]] as const),
  ...([[105e4, 9e5], [15e5, 12e5], [27e5, 18e5], [54e5, 36e5], [9e6, 72e5]] as const),
  ...([[162e5, 108e5], [324e5, 216e5], [864e5, 432e5], [6048e5, 864e5]] as const),
  ...([[18_144e5, 6048e5], [36_288e5, 2592e6]] as const),
];

/** What Prometheus refuses to exceed, for each series. */
const MOST_POINTS = 11_000;

/** How a query is asked. All in milliseconds. */
export interface Steps {
  /** `$__interval`, which is also the step. */
  readonly interval: number;
  /** `$__rate_interval`. */
  readonly rateInterval: number;
  /** Multiples of the step. */
  readonly start: number;
  readonly end: number;
}

/** `ms` on Grafana's ladder of intervals people can read. */
export function roundInterval(ms: number): number {
  return LADDER.find(([below]) => ms < below)?.[1] ?? 31_536e6;
}

/**
 * The step of a query by Grafana's rules: the range in as many parts as there are points to draw, not
 * shorter than the scrape interval or what the panel or the query (`interval`) ask for.
 * `$__rate_interval` is long enough for a rate to have at least two samples even where one was missed.
 */
export function stepFor(
  { range, points, scrapeSeconds, panelInterval, interval, factor = 1 }: {
    readonly range: TimeRange;
    readonly points: number;
    readonly scrapeSeconds: number;
    readonly panelInterval?: string | undefined;
    /** The query's own, with variables other than `$__interval` and `$__rate_interval` filled in. */
    readonly interval?: string | undefined;
    readonly factor?: number | undefined;
  },
): Steps {
  const scrape = scrapeSeconds * 1000;
  const span = range.to - range.from;
  const rounded = roundInterval(span / Math.max(1, points));
  // What Grafana's dashboard hands its data source, before the query's own wishes.
  const ofPanel = Math.max(rounded, parseInterval(panelInterval) ?? scrape);
  const least = parseInterval(interval) ?? ofPanel;
  const step = Math.max(rounded, least, Math.ceil(span / MOST_POINTS)) * Math.max(1, factor);
  const rate = (of: number, samples: number) => Math.max(of + samples, 4 * samples);
  const isRate = interval === "$__rate_interval" || interval === "${__rate_interval}";
  const own = isRate ? rate(step, scrape) : step;
  return {
    interval: own,
    rateInterval: isRate ? own : rate(ofPanel, parseInterval(interval) ?? scrape),
    start: Math.floor(range.from / own) * own,
    end: Math.floor(range.to / own) * own,
  };
}

/** Milliseconds of `15s` or `>15s`, as older dashboards write it; undefined where it is none. */
function parseInterval(text = ""): number | undefined {
  const seconds = parseDuration(text.replace(/^>/, ""));
  return seconds === undefined || seconds === 0 ? undefined : seconds * 1000;
}

const UNITS = [["y", 31_536e6], ["w", 6048e5], ["d", 864e5], ["h", 36e5], ["m", 6e4], [
  "s",
  1e3,
]] as const;

/** Milliseconds as a duration of PromQL in one unit, so that it is exact: `90s`, `2h`. */
export function formatInterval(ms: number): string {
  const [unit, size] = UNITS.find(([, size]) => ms % size === 0) ?? ["ms", 1];
  return `${Math.round(ms / size)}${unit}`;
}

/** What stands for the builtin variables in a query that is asked so. */
export function builtins(steps: Steps, range: TimeRange): Record<string, string> {
  const span = range.to - range.from;
  const seconds = String(Math.max(1, Math.round(span / 1000)));
  return {
    __interval: formatInterval(steps.interval),
    __interval_ms: String(steps.interval),
    __rate_interval: formatInterval(steps.rateInterval),
    __rate_interval_ms: String(steps.rateInterval),
    __range: `${seconds}s`,
    __range_s: seconds,
    __range_ms: String(span),
    __from: String(range.from),
    __to: String(range.to),
  };
}
