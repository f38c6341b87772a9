import type { Panel } from "../model/dashboard.ts";
import type { Scope } from "../model/interpolate.ts";
import type { PrometheusClient } from "./client.ts";
import { AskError, isAbort } from "./errors.ts";
import { exemplarPoints } from "./exemplars.ts";
import { classicFromNative, separateBuckets } from "./heatmap.ts";
import { type PlannedQuery, planQueries, rangeOf } from "./plan.ts";
import type { DataSeries, ExemplarPoint, PanelData, TimeRange } from "./series.ts";
import { toSeries } from "./to_series.ts";
import { transformed } from "./transform/mod.ts";

/** What a panel is asked with. */
export interface PanelRun {
  /** The dashboard's; a panel's `timeFrom` and `timeShift` change it. */
  readonly range: TimeRange;
  /** Points that there is room for: pixels. */
  readonly width: number;
  readonly scope: Scope;
  /** Seconds between two scrapes, by `scrapeSecondsOf`. */
  readonly scrapeSeconds: number;
  readonly signal?: AbortSignal | undefined;
  /** What is drawn now: it stays, as `stale`, where nothing new can be had. */
  readonly previous?: PanelData | undefined;
}

interface Outcome {
  readonly query: PlannedQuery;
  readonly series: readonly DataSeries[];
  readonly exemplars: readonly ExemplarPoint[];
  readonly notices: readonly string[];
  readonly error?: unknown;
}

/**
 * Asks all queries of a panel at once. Failures are in the result: `stale` with what was drawn before
 * where nothing could be answered, `error` with the series of the queries that could be. Rejects only
 * when the signal is aborted. Annotations are not a panel's, so there are none.
 */
export async function runPanel(
  client: PrometheusClient,
  panel: Panel,
  run: PanelRun,
): Promise<PanelData> {
  const range = rangeOf(panel, run);
  const { queries, notices } = planQueries(panel, { ...run, range });
  const outcomes = await Promise.all(queries.map((query) => ask(client, query, range, run.signal)));
  run.signal?.throwIfAborted();
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const error = failed.length === 0 ? {} : { error: words(failed, queries.length > 1) };
  if (failed.length > 0 && failed.length === outcomes.length && mayKeep(failed, run.previous)) {
    return { ...run.previous, state: "stale", ...error };
  }
  const series = outcomes.flatMap((outcome) => outcome.series);
  const result = transformed(panel, series);
  return {
    state: failed.length === 0 ? "done" : "error",
    range,
    exemplars: outcomes.flatMap(({ exemplars }) => exemplars),
    annotations: [],
    queries: queries.map(({ target, expr, steps, instant }) => ({
      target,
      expr,
      step: steps.interval / 1000,
      instant,
    })),
    ...result,
    notices: unique([...notices, ...outcomes.flatMap((one) => one.notices), ...result.notices]),
    ...error,
  };
}

/** A query that Prometheus does not take has nothing to do with what was drawn. */
function mayKeep(failed: readonly Outcome[], previous?: PanelData): previous is PanelData {
  const bad = failed.some(({ error }) => error instanceof AskError && error.type === "bad_data");
  return !bad && previous !== undefined && previous.series.length > 0;
}

async function ask(
  client: PrometheusClient,
  query: PlannedQuery,
  range: TimeRange,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  try {
    const [answer, exemplars] = await Promise.all([
      answerOf(client, query, range, signal),
      exemplarsOf(client, query, range, signal),
    ]);
    return { query, exemplars, ...answer };
  } catch (error) {
    return { query, series: [], exemplars: [], notices: [], error };
  }
}

async function answerOf(
  client: PrometheusClient,
  { target, expr, legendFormat, steps, times, instant }: PlannedQuery,
  range: TimeRange,
  signal: AbortSignal | undefined,
): Promise<Pick<Outcome, "series" | "notices">> {
  const { start, end, interval: step } = steps;
  const raw = instant
    ? await client.query(expr, { time: range.to, signal })
    : await client.queryRange(expr, { start, end, step: step / 1000, signal });
  const answer = target.format === "heatmap" ? classicFromNative(raw) : raw;
  const naming = { refId: target.refId, expr, legendFormat };
  const series = toSeries(answer, naming, instant ? undefined : { start, end, step, times });
  const histograms = series.some(({ texts }) => texts !== undefined) && answer.type === "matrix";
  return {
    series: target.format === "heatmap" ? separateBuckets(series) : series,
    notices: histograms
      ? [...answer.warnings, ...answer.infos, NATIVE]
      : [...answer.warnings, ...answer.infos],
  };
}

const NATIVE =
  "Native histograms cannot be drawn as lines: show them in a table or a heatmap, or take " +
  "histogram_quantile(), histogram_avg() or histogram_count() of them.";

/** A graph without its exemplars is still a graph. */
async function exemplarsOf(
  client: PrometheusClient,
  { target, expr, instant, steps }: PlannedQuery,
  range: TimeRange,
  signal: AbortSignal | undefined,
): Promise<ExemplarPoint[]> {
  if (target.exemplar !== true || instant) return [];
  try {
    const found = await client.exemplars(expr, { range, signal });
    return exemplarPoints(target.refId, found, steps.interval);
  } catch (error) {
    if (isAbort(error)) throw error;
    return [];
  }
}

function words(failed: readonly Outcome[], several: boolean): string {
  const messages = Map.groupBy(
    failed,
    ({ error }) => error instanceof Error ? error.message : String(error),
  );
  return [...messages].map(([message, outcomes]) => {
    const ids = unique(outcomes.map(({ query }) => query.target.refId)).join(", ");
    return several ? `${ids}: ${message}` : message;
  }).join("\n");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
