import type { Panel, Target } from "../model/dashboard.ts";
import { interpolate, type Scope, withBuiltins } from "../model/interpolate.ts";
import { parseDuration } from "../model/time_range.ts";
import type { TimeRange } from "./series.ts";
import { builtins, stepFor, type Steps } from "./steps.ts";
import { gridTimes } from "./to_series.ts";

/** A query of a panel with everything filled in. */
export interface PlannedQuery {
  readonly target: Target;
  readonly expr: string;
  readonly legendFormat: string | undefined;
  readonly instant: boolean;
  readonly steps: Steps;
  /** The moments of a range query; queries with the same ones share the array. */
  readonly times: readonly number[];
}

interface Circumstances {
  readonly range: TimeRange;
  readonly width: number;
  readonly scope: Scope;
  readonly scrapeSeconds: number;
}

/** The span that a panel shows: the dashboard's, or its own by `timeFrom` and `timeShift`. */
export function rangeOf(
  { timeFrom, timeShift }: Panel,
  { range, scope }: Pick<Circumstances, "range" | "scope">,
): TimeRange {
  const own = milliseconds(timeFrom, scope);
  const shift = milliseconds(timeShift, scope);
  const from = own === 0 ? range.from : range.to - own;
  return own === 0 && shift === 0 ? range : { from: from - shift, to: range.to - shift };
}

function milliseconds(text = "", scope: Scope): number {
  return (parseDuration(interpolate(text, scope).replace(/^now-/, "")) ?? 0) * 1000;
}

/** What is to be asked for a panel, and what cannot be. */
export function planQueries(
  panel: Panel,
  circumstances: Circumstances,
): { readonly queries: readonly PlannedQuery[]; readonly notices: readonly string[] } {
  const grids = new Map<string, readonly number[]>();
  const notices: string[] = [];
  const queries = panel.targets.filter(({ hide }) => hide !== true).flatMap((target) => {
    const foreign = foreignType(target, panel);
    if (foreign === undefined) return planTarget(target, panel, circumstances, grids);
    notices.push(
      `Query ${target.refId} is for a data source of type ${foreign}; only Prometheus is asked here.`,
    );
    return [];
  });
  return { queries, notices };
}

const PROMETHEUS = /^datasource$|prometheus/;

function foreignType(target: Target, panel: Panel): string | undefined {
  const type = target.datasource?.type ?? panel.datasource?.type;
  return type === undefined || type === "" || type.startsWith("$") || PROMETHEUS.test(type)
    ? undefined
    : type;
}

function planTarget(
  target: Target,
  panel: Panel,
  { range, width, scope, scrapeSeconds }: Circumstances,
  grids: Map<string, readonly number[]>,
): PlannedQuery[] {
  const steps = stepFor({
    range,
    points: panel.maxDataPoints ?? width,
    scrapeSeconds,
    panelInterval: filled(panel.interval, scope),
    interval: filled(target.interval, scope),
    factor: target.intervalFactor,
  });
  const full = withBuiltins(scope, builtins(steps, range));
  const expr = interpolate(target.expr, full).trim();
  if (expr === "") return [];
  const legendFormat = target.legendFormat === undefined
    ? undefined
    : interpolate(target.legendFormat, full, "text");
  const key = `${steps.start} ${steps.end} ${steps.interval}`;
  const times = grids.get(key) ?? gridTimes({ ...steps, step: steps.interval });
  grids.set(key, times);
  const query = { target, expr, legendFormat, steps, times };
  const instant = target.instant === true ? [{ ...query, instant: true }] : [];
  const asRange = target.range ?? target.instant !== true;
  return asRange || instant.length === 0 ? [{ ...query, instant: false }, ...instant] : instant;
}

/** `$__interval` and `$__rate_interval` are left to the rules of the step. */
function filled(interval: string | undefined, scope: Scope): string | undefined {
  return interval === undefined || interval.includes("__")
    ? interval
    : interpolate(interval, scope);
}
