import { SIGNATURES } from "../../monitor/promql/functions/signatures.ts";
import { AGGREGATORS, PARAMETERIZED } from "../../monitor/promql/parse/token.ts";

/** Something that can be written at the caret. */
export interface Suggestion {
  readonly kind: "metric" | "function" | "keyword" | "label" | "value" | "duration";
  /** What is shown and matched. */
  readonly text: string;
  /** What is written instead of what stands there; `text` unless told. */
  readonly insert?: string;
  /** The caret then goes so many characters back. */
  readonly back?: number;
  /** A word or a signature beside it. */
  readonly detail?: string;
  /** A sentence about it. */
  readonly help?: string;
}

const KEYWORDS: readonly [string, string][] = [
  ["by", "keeps only these labels"],
  ["without", "keeps all labels but these"],
  ["on", "matches by these labels only"],
  ["ignoring", "matches by all labels but these"],
  ["group_left", "many series on the left for one on the right"],
  ["group_right", "many series on the right for one on the left"],
  ["offset", "looks back by a duration"],
  ["bool", "0 or 1 instead of a filter"],
  ["and", "what is on both sides"],
  ["or", "what is on either side"],
  ["unless", "what is on the left side only"],
  ["atan2", "the angle of y and x"],
];

/** Functions, aggregations and keywords. */
export const LANGUAGE: readonly Suggestion[] = [
  ...[...AGGREGATORS].map((text): Suggestion => ({
    kind: "function",
    text,
    insert: `${text}(`,
    detail: PARAMETERIZED.includes(text)
      ? "aggregation (parameter, vector)"
      : "aggregation (vector)",
  })),
  ...[...SIGNATURES.values()].map((signature): Suggestion => ({
    kind: "function",
    text: signature.name,
    insert: `${signature.name}(`,
    detail: `(${argumentsText(signature)}) ${signature.returns}`,
    ...(signature.experimental
      ? {
        help:
          "Experimental: Prometheus must run with --enable-feature=promql-experimental-functions.",
      }
      : {}),
  })),
  ...KEYWORDS.map(([text, help]): Suggestion => ({
    kind: "keyword",
    text,
    insert: `${text} `,
    detail: help,
  })),
];

function argumentsText(
  { arguments: types, variadic }: {
    readonly arguments: readonly string[];
    readonly variadic: number;
  },
): string {
  const names: Readonly<Record<string, string>> = { matrix: "range vector" };
  const words = types.map((type) => names[type] ?? type);
  if (variadic === 0) return words.join(", ");
  const last = words.pop() ?? "";
  return [...words, variadic === 1 ? `[${last}]` : `${last}…`].join(", ");
}

/** What stands in brackets after a selector. */
export const DURATIONS: readonly Suggestion[] = [
  ["$__rate_interval", "as long as a rate needs here"],
  ["$__interval", "one step of the graph"],
  ["$__range", "the whole time range"],
  ...["1m", "5m", "15m", "30m", "1h", "6h", "1d", "7d"].map((text) => [text, ""]),
].map(([text = "", detail = ""]): Suggestion => ({ kind: "duration", text, detail }));

/** The best suggestions for what is written, best first. */
export function ranked(
  suggestions: readonly Suggestion[],
  written: string,
  most = 60,
): Suggestion[] {
  const wanted = written.toLowerCase();
  if (wanted === "") return suggestions.slice(0, most);
  return suggestions
    .map((suggestion) => ({ suggestion, score: scoreOf(suggestion.text.toLowerCase(), wanted) }))
    .filter(({ score }) => score < Infinity)
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ suggestion }) => suggestion);
}

/** What is written most: it comes before shorter words that begin so too. */
const COMMON: ReadonlySet<string> = new Set([
  ...["sum", "rate", "increase", "histogram_quantile", "avg", "max", "count", "topk", "by"],
  ...["label_replace", "avg_over_time", "max_over_time", "clamp_min", "time", "$__rate_interval"],
]);

/** Lower is better: the whole text, its start, the start of a word, anywhere, letters in this order. */
function scoreOf(text: string, wanted: string): number {
  if (text === wanted) return 0;
  const longer = COMMON.has(text) ? 0 : Math.min(text.length / 1000, 0.9);
  const at = text.indexOf(wanted);
  if (at === 0) return 1 + longer;
  if (at > 0) return (/[_:.\s]/.test(text[at - 1] ?? "") ? 2 : 3) + longer;
  let from = 0;
  for (const letter of wanted) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return Infinity;
  }
  return 4 + longer;
}
