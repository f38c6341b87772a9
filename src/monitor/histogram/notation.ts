import { formatCompactFloat } from "../format_float.ts";
import { NO_BUCKETS } from "./buckets.ts";
import { compactHistogram } from "./arithmetic.ts";
import { usesCustomBuckets } from "./bounds.ts";
import type { CounterReset, FloatHistogram, HistogramBuckets } from "./float_histogram.ts";

/** A histogram read from the notation of tests. */
export interface NotatedHistogram {
  readonly histogram: FloatHistogram;
  /** Whether `counter_reset_hint` was given, so that an expectation means it. */
  readonly saysCounterReset: boolean;
}

const HINTS: ReadonlyMap<string, CounterReset> = new Map([
  ["unknown", "unknown"],
  ["reset", "reset"],
  ["not_reset", "none"],
  ["gauge", "gauge"],
]);

const NUMBERS = new Set(["schema", "count", "sum", "z_bucket", "z_bucket_w", "offset", "n_offset"]);
const WHOLE_NUMBERS = new Set(["schema", "offset", "n_offset"]);
const LISTS = new Set(["buckets", "n_buckets", "custom_values"]);

/** What the notation gave, by key. */
interface Entries {
  readonly numbers: Map<string, number>;
  readonly lists: Map<string, number[]>;
  readonly hint: CounterReset | undefined;
}

/**
 * Reads the notation in which tests of PromQL and of rules write histograms, such as
 * `{{schema:0 count:3 sum:4.5 buckets:[1 2] offset:-1 z_bucket_w:0.001 counter_reset_hint:gauge}}`.
 * Buckets may be negative, since it is also used for results.
 *
 * @throws {SyntaxError} saying what is wrong with which part
 */
export function parseHistogramNotation(text: string): NotatedHistogram {
  const inner = /^\s*\{\{(.*)\}\}\s*$/s.exec(text)?.[1];
  if (inner === undefined) {
    throw refusal(text, "expected it to begin with {{ and end with }}");
  }
  const { numbers, lists, hint } = readEntries(text, inner);
  const side = (buckets: string, offset: string): HistogramBuckets => {
    const counts = lists.get(buckets) ?? [];
    const first = numbers.get(offset) ?? 0;
    return { indexes: counts.map((_, i) => first + i), counts };
  };
  return {
    histogram: {
      counterReset: hint ?? "unknown",
      schema: numbers.get("schema") ?? 0,
      count: numbers.get("count") ?? 0,
      sum: numbers.get("sum") ?? 0,
      zeroThreshold: numbers.get("z_bucket_w") ?? 0,
      zeroCount: numbers.get("z_bucket") ?? 0,
      positive: side("buckets", "offset"),
      negative: side("n_buckets", "n_offset"),
      customBounds: lists.get("custom_values") ?? [],
    },
    saysCounterReset: hint !== undefined,
  };
}

function readEntries(text: string, inner: string): Entries {
  const numbers = new Map<string, number>();
  const lists = new Map<string, number[]>();
  let hint: CounterReset | undefined;
  const seen = new Set<string>();
  for (const part of inner.match(/[^\s[]+(?:\[[^\]]*\]?)?/g) ?? []) {
    const [, key = "", value = ""] = /^(\w+):(.*)$/s.exec(part) ?? [];
    if (key === "") throw refusal(text, `expected key:value, found '${part}'`);
    if (seen.has(key)) throw refusal(text, `'${key}' is given twice`);
    seen.add(key);
    if (NUMBERS.has(key)) numbers.set(key, readNumber(text, key, value));
    else if (LISTS.has(key)) lists.set(key, readList(text, key, value));
    else if (key === "counter_reset_hint") hint = readHint(text, value);
    else throw refusal(text, `there is no key '${key}'`);
  }
  return { numbers, lists, hint };
}

function readNumber(text: string, key: string, value: string): number {
  const special = /^([+-]?)(inf|nan)$/i.exec(value);
  if (special) {
    const [, sign, word = ""] = special;
    if (word.toLowerCase() === "nan") return NaN;
    return sign === "-" ? -Infinity : Infinity;
  }
  const [, sign, digits = ""] = /^([+-]?)(.*)$/s.exec(value) ?? [];
  const number = digits === "" ? NaN : Number(digits);
  if (Number.isNaN(number)) throw refusal(text, `'${key}' needs a number, found '${value}'`);
  if (WHOLE_NUMBERS.has(key) && !Number.isInteger(number)) {
    throw refusal(text, `'${key}' needs a whole number, found '${value}'`);
  }
  return sign === "-" ? -number : number;
}

function readList(text: string, key: string, value: string): number[] {
  const inner = /^\[(.*)\]$/s.exec(value)?.[1]?.trim();
  if (inner === undefined) throw refusal(text, `'${key}' needs numbers in [ ], found '${value}'`);
  return inner === "" ? [] : inner.split(/\s+/).map((number) => readNumber(text, key, number));
}

function readHint(text: string, value: string): CounterReset {
  const hint = HINTS.get(value);
  if (hint === undefined) {
    throw refusal(
      text,
      `'counter_reset_hint' is one of ${[...HINTS.keys()].join(", ")}, found '${value}'`,
    );
  }
  return hint;
}

function refusal(text: string, problem: string): SyntaxError {
  return new SyntaxError(`Cannot read the histogram '${text}': ${problem}`);
}

/** Writes the notation, without what is zero and with one list of buckets for each side. */
export function printHistogramNotation(given: FloatHistogram): string {
  const h = compactHistogram(given);
  const parts: string[] = [];
  const addNumber = (key: string, value: number) => {
    if (value !== 0) parts.push(`${key}:${formatCompactFloat(value)}`);
  };
  addNumber("schema", h.schema);
  addNumber("count", h.count);
  addNumber("sum", h.sum);
  addNumber("z_bucket", h.zeroCount);
  addNumber("z_bucket_w", h.zeroThreshold);
  if (usesCustomBuckets(h)) parts.push(`custom_values:${printList(h.customBounds)}`);
  const hint = [...HINTS].find(([, counterReset]) => counterReset === h.counterReset)?.[0];
  if (h.counterReset !== "unknown") parts.push(`counter_reset_hint:${hint}`);
  const addBuckets = (side: HistogramBuckets, buckets: string, offset: string) => {
    const first = side.indexes[0];
    if (first === undefined) return;
    addNumber(offset, first);
    parts.push(`${buckets}:${printList(withGapsFilled(side))}`);
  };
  addBuckets(h.positive, "buckets", "offset");
  addBuckets(h.negative, "n_buckets", "n_offset");
  return `{{${parts.join(" ")}}}`;
}

function printList(numbers: readonly number[]): string {
  return `[${numbers.map(formatCompactFloat).join(" ")}]`;
}

/** The counts from the first to the last bucket, 0 for those not given. */
function withGapsFilled({ indexes, counts }: HistogramBuckets = NO_BUCKETS): number[] {
  const first = indexes[0] ?? 0;
  const all = new Array<number>((indexes.at(-1) ?? -1) - first + 1).fill(0);
  for (const [i, index] of indexes.entries()) all[index - first] = counts[i] ?? 0;
  return all;
}
