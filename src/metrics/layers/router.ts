import type { MetricKind, Recorder } from "../recorder.ts";

/** Where metrics with one beginning go. */
export interface Route {
  /** The kinds that this route is for. */
  readonly kinds: "all" | readonly MetricKind[];
  /** The beginning of the name; the empty text is the beginning of every name. */
  readonly prefix: string;
  readonly recorder: Recorder;
}

/**
 * A recorder that sends each metric to the route with the longest prefix of its name among the
 * routes for its kind, or to `fallback`. A later route with the same prefix and kind replaces an
 * earlier one.
 *
 * @throws {RangeError} when a route has no kinds.
 */
export function router(fallback: Recorder, routes: readonly Route[]): Recorder {
  const counters = tableFor("counter", routes);
  const gauges = tableFor("gauge", routes);
  const histograms = tableFor("histogram", routes);
  const pick = (table: readonly Route[], name: string) =>
    table.find((route) => name.startsWith(route.prefix))?.recorder ?? fallback;
  return {
    describeCounter: (name, ...rest) => pick(counters, name).describeCounter(name, ...rest),
    describeGauge: (name, ...rest) => pick(gauges, name).describeGauge(name, ...rest),
    describeHistogram: (name, ...rest) => pick(histograms, name).describeHistogram(name, ...rest),
    registerCounter: (name, labels) => pick(counters, name).registerCounter(name, labels),
    registerGauge: (name, labels) => pick(gauges, name).registerGauge(name, labels),
    registerHistogram: (name, labels) => pick(histograms, name).registerHistogram(name, labels),
  };
}

/** The routes for `kind`, the longest prefix first. */
function tableFor(kind: MetricKind, routes: readonly Route[]): readonly Route[] {
  const byPrefix = new Map<string, Route>();
  for (const route of routes) {
    if (route.kinds.length === 0) {
      throw new RangeError(`Cannot route metrics: the route for '${route.prefix}' has no kinds`);
    }
    if (route.kinds === "all" || route.kinds.includes(kind)) byPrefix.set(route.prefix, route);
  }
  return [...byPrefix.values()].sort((a, b) => b.prefix.length - a.prefix.length);
}
