/** A line of a script that gives a series its values, as `load` and `eval` have them. */
import type { FloatHistogram } from "../histogram/float_histogram.ts";
import type { Labels } from "../labels.ts";
import { readMetric } from "./metric.ts";
import { readHistograms } from "./histogram_values.ts";
import { ScriptError } from "./script_error.ts";
import { parseNumber } from "./text.ts";

/** One place in a sequence of values. */
export type SequenceValue =
  | { readonly kind: "omitted" }
  | { readonly kind: "stale" }
  | { readonly kind: "number"; readonly value: number }
  | {
    readonly kind: "histogram";
    readonly histogram: FloatHistogram;
    /** Whether the line says a counter reset hint, so that an expectation means it. */
    readonly hasCounterReset: boolean;
  };

/** A series and its values, one for each step. */
export interface SeriesLine {
  readonly labels: Labels;
  readonly values: readonly SequenceValue[];
}

/** The longest sequence that one item (`1x100`) may give, so that a slip does not eat the memory. */
const MAX_REPEAT = 10_000_000;

/** Reads `metric{…} 1 2+3x4 _ stale {{…}}`. Throws ScriptError. */
export function parseSeries(text: string): SeriesLine {
  const { labels, rest } = readMetric(text);
  return { labels, values: splitItems(rest).flatMap(readItem) };
}

/** How often an item such as `1x3` counts: the number after x. */
export function repeatCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(count <= MAX_REPEAT)) {
    throw new ScriptError(`expected how often after 'x', at most ${MAX_REPEAT}; found '${text}'`);
  }
  return count;
}

/** Histograms have spaces inside. */
function splitItems(text: string): string[] {
  return text.match(/(?:\{\{[^}]*\}\}|[^\s{])+|\S+/g) ?? [];
}

const NUMBER = "(?:\\d+\\.?\\d*(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?|[iI]nf|[nN]a[nN])";
const NUMBER_ITEM = new RegExp(`^([+-]?${NUMBER}|stale)(?:([+-]${NUMBER})?x(.+))?$`);

function readItem(item: string): SequenceValue[] {
  if (item === "_") return [{ kind: "omitted" }];
  if (item.startsWith("_x")) return repeat({ kind: "omitted" }, repeatCount(item.slice(2)));
  if (item.startsWith("{{")) return readHistograms(item);
  const parts = NUMBER_ITEM.exec(item);
  if (parts === null) throw new ScriptError(`'${item}' is no value; expected such as 1, 1+2x3, _`);
  const times = parts[3] === undefined ? 1 : repeatCount(parts[3]) + 1;
  if (parts[1] === "stale") return repeat({ kind: "stale" }, times);
  const increase = parseNumber(parts[2] ?? "0") ?? NaN;
  let value = parseNumber(parts[1] ?? "") ?? NaN;
  const values: SequenceValue[] = [];
  for (let i = 0; i < times; i++) {
    values.push({ kind: "number", value });
    // Added up, not multiplied: the sums that the reference gives carry its rounding.
    if (parts[2] !== undefined) value += increase;
  }
  return values;
}

function repeat(value: SequenceValue, times: number): SequenceValue[] {
  return new Array<SequenceValue>(times).fill(value);
}
