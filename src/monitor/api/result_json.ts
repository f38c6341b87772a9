import { formatFloat } from "../format_float.ts";
import type { MatrixSeries, QueryResult, VectorSample } from "../promql/value.ts";
import {
  histogramJson,
  labelsJson,
  listJson,
  PIECE,
  stringJson,
  timestampJson,
  valueJson,
} from "./json_text.ts";

/** `resultType` and `result` of a query, without the braces around them, piece by piece. */
export function* resultJson(result: QueryResult): Generator<string> {
  yield `"resultType":"${result.type}","result":`;
  switch (result.type) {
    case "scalar":
      yield `[${result.time / 1000},"${formatFloat(result.value)}"]`;
      break;
    case "string":
      yield `[${result.time / 1000},${stringJson(result.value)}]`;
      break;
    case "vector": {
      const time = timestampJson(result.time);
      yield* listJson(result.samples, (sample) => sampleJson(sample, time));
      break;
    }
    case "matrix":
      yield* matrixJson(result.series);
  }
}

function sampleJson({ labels, value }: VectorSample, time: string): string {
  const sample = typeof value === "number"
    ? `"value":[${time},${valueJson(value)}]`
    : `"histogram":[${time},${histogramJson(value)}]`;
  return `{"metric":${labelsJson(labels)},${sample}}`;
}

function* matrixJson(series: readonly MatrixSeries[]): Generator<string> {
  const times = new TimeTexts();
  yield "[";
  for (const [i, one] of series.entries()) {
    yield `${i === 0 ? "" : ","}{"metric":${labelsJson(one.labels)}`;
    yield* pointsJson("values", one, times);
    if (one.histograms !== undefined) yield* pointsJson("histograms", one, times);
    yield "}";
  }
  yield "]";
}

function* pointsJson(
  kind: "values" | "histograms",
  { times, values, histograms }: MatrixSeries,
  texts: TimeTexts,
): Generator<string> {
  let text = "";
  let separator = `,"${kind}":[`;
  for (let i = 0; i < times.length; i++) {
    const histogram = histograms?.[i];
    if ((histogram !== undefined) !== (kind === "histograms")) continue;
    const point = histogram === undefined ? valueJson(values[i] ?? NaN) : histogramJson(histogram);
    text += `${separator}[${texts.at(i, times[i] ?? 0)},${point}]`;
    separator = ",";
    if (text.length >= PIECE) {
      yield text;
      text = "";
    }
  }
  if (separator === ",") yield `${text}]`;
}

/** Timestamps as text: series of one range query have the same ones. */
class TimeTexts {
  readonly #times: number[] = [];
  readonly #texts: string[] = [];

  /** The text of `time`, the `i`th of a series. */
  at(i: number, time: number): string {
    if (this.#times[i] !== time) {
      this.#times[i] = time;
      this.#texts[i] = timestampJson(time);
    }
    return this.#texts[i] ?? "";
  }
}
