import type { Annotation } from "../model/dashboard.ts";
import { interpolate, type Scope, withBuiltins } from "../model/interpolate.ts";
import type { PrometheusClient } from "./client.ts";
import type { Labels } from "./answers.ts";
import { fillLabels } from "./legend.ts";
import { builtins, stepFor } from "./steps.ts";
import type { AnnotationMark, DataSeries, TimeRange } from "./series.ts";
import { gridTimes, toSeries } from "./to_series.ts";

/** What annotations are asked with. */
export interface AnnotationRun {
  readonly range: TimeRange;
  readonly scope: Scope;
  /** 15 unless told. */
  readonly scrapeSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** No more marks than this, or the graph is not seen for them. */
const MOST_MARKS = 1000;

/**
 * The marks of a dashboard's annotations, by time: where the expression has a value other than 0, as one
 * span while it lasts; with `useValueForTime` where its value, in milliseconds, says. Rejects with the
 * first query's error.
 */
export async function annotationMarks(
  client: PrometheusClient,
  annotations: readonly Annotation[],
  run: AnnotationRun,
): Promise<AnnotationMark[]> {
  const found = await Promise.all(
    annotations.filter(({ enable }) => enable).map((one) => marksOf(client, one, run)),
  );
  return found.flat().sort((a, b) => a.time - b.time).slice(-MOST_MARKS);
}

async function marksOf(
  client: PrometheusClient,
  annotation: Annotation,
  { range, scope, scrapeSeconds = 15, signal }: AnnotationRun,
): Promise<AnnotationMark[]> {
  const interval = interpolate(annotation.step ?? "", scope) || "60s";
  const steps = stepFor({ range, points: 1000, scrapeSeconds, interval });
  const expr = interpolate(annotation.expr, withBuiltins(scope, builtins(steps, range)));
  const { start, end, interval: step } = steps;
  const answer = await client.queryRange(expr, { start, end, step: step / 1000, signal });
  const grid = { start, end, step, times: gridTimes({ start, end, step }) };
  return toSeries(answer, { refId: annotation.name, expr }, grid).flatMap((series) => {
    const spans = annotation.useValueForTime ? momentsOf(series, range) : spansOf(series);
    return spans.map((span) => ({ ...span, ...wordsOf(annotation, series.labels) }));
  });
}

type Span = Pick<AnnotationMark, "time" | "timeEnd">;

function momentsOf({ values }: DataSeries, { from, to }: TimeRange): Span[] {
  const moments = new Set(values.flatMap((value) => value === null ? [] : [Math.floor(value)]));
  return [...moments].filter((time) => time >= from && time <= to).map((time) => ({ time }));
}

function spansOf({ times, values }: DataSeries): Span[] {
  const spans: Span[] = [];
  let since: number | undefined;
  times.forEach((time, at) => {
    if (!values[at]) {
      since = undefined;
      return;
    }
    const running = since;
    since ??= time;
    if (running !== undefined) spans.pop();
    spans.push(since === time ? { time } : { time: since, timeEnd: time });
  });
  return spans;
}

function wordsOf(annotation: Annotation, labels: Labels): Omit<AnnotationMark, keyof Span> {
  const { name, iconColor, titleFormat, textFormat, tagKeys = "" } = annotation;
  const tags = tagKeys.split(",").flatMap((key) => labels[key.trim()] ?? []);
  return {
    title: fillLabels(titleFormat ?? "", labels) || name,
    text: fillLabels(textFormat ?? "", labels),
    tags,
    color: iconColor,
  };
}
