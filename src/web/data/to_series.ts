import type { QueryAnswer, RawSeries } from "./answers.ts";
import { seriesName } from "./legend.ts";
import { histogramText, parseValue } from "./numbers.ts";
import type { DataSeries } from "./series.ts";

/** Moments at which a range query is answered. All in milliseconds. */
export interface Grid {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The moments of a grid. */
export function gridTimes({ start, end, step }: Grid): number[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, at) => start + at * step);
}

interface Naming {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string | undefined;
}

/**
 * The series of an answer, named. Those of a range query share `times`, the moments of its grid, and
 * hold null where there is no sample.
 */
export function toSeries(
  answer: QueryAnswer,
  naming: Naming,
  grid?: Grid & { readonly times: readonly number[] },
): DataSeries[] {
  const all = answer.series.map(({ metric }) => metric);
  return answer.series.map((raw) => ({
    refId: naming.refId,
    name: seriesName(raw.metric, { ...naming, all }),
    labels: raw.metric,
    ...samplesOf(raw, answer.type, grid),
  }));
}

type Samples = Pick<DataSeries, "times" | "values" | "texts">;

function samplesOf(
  { values = [], histograms = [] }: RawSeries,
  type: QueryAnswer["type"],
  grid: (Grid & { readonly times: readonly number[] }) | undefined,
): Samples {
  const times = grid?.times ??
    [...values, ...histograms].map(([seconds]) => Math.round(seconds * 1000)).sort((a, b) => a - b);
  const place = (seconds: number) =>
    grid === undefined
      ? times.indexOf(Math.round(seconds * 1000))
      : Math.round((seconds * 1000 - grid.start) / grid.step);
  const numbers = new Array<number | null>(times.length).fill(null);
  if (histograms.length === 0 && type !== "string") {
    for (const [seconds, text] of values) numbers[place(seconds)] = parseValue(text);
    return { times, values: numbers };
  }
  const texts = new Array<string | undefined>(times.length).fill(undefined);
  for (const [seconds, text] of values) {
    if (type === "string") texts[place(seconds)] = text;
    else numbers[place(seconds)] = parseValue(text);
  }
  for (const [seconds, histogram] of histograms) texts[place(seconds)] = histogramText(histogram);
  return { times, values: numbers, texts };
}
