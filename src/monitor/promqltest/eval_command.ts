/** `eval`: a query, when to run it, and what it must give. */
import type { ScriptLine } from "./script.ts";
import { atLine, ScriptError } from "./script_error.ts";
import { parseSeries, type SeriesLine } from "./series.ts";
import { type Expectation, parseExpectation, type TextMatch } from "./expectation.ts";
import { parseDuration, parseNumber, readQuoted } from "./text.ts";

/** When a query runs, in milliseconds. */
export type EvalTime =
  | { readonly kind: "instant"; readonly time: number }
  | { readonly kind: "range"; readonly steps: TimeSteps };

/** Times at equal distances, both ends included, in milliseconds. */
export interface TimeSteps {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The value that a query must give. */
export type ExpectedResult =
  | { readonly kind: "series"; readonly series: readonly SeriesLine[]; readonly steps?: TimeSteps }
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "string"; readonly value: string };

/** One case: a query and what it must give. */
export interface EvalCommand {
  readonly kind: "eval";
  readonly line: number;
  readonly query: string;
  readonly at: EvalTime;
  /** Whether series must come in the order of `result`. */
  readonly isOrdered: boolean;
  /** What the query must fail with; undefined where it must not fail. */
  readonly failure?: TextMatch;
  /** Where there is one, all warnings must match one of them, and each must match a warning. */
  readonly warnings: readonly TextMatch[];
  readonly infos: readonly TextMatch[];
  readonly allowsWarnings: boolean;
  readonly allowsInfos: boolean;
  readonly result: ExpectedResult;
}

const INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(.+?))?\s+(.+)$/;
const RANGE =
  /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$/;

/** Reads an `eval` and the lines below it. Throws ScriptError. */
export function parseEval([first, ...lines]: readonly ScriptLine[]): EvalCommand {
  if (first === undefined) throw new ScriptError("expected an eval");
  const { mode, query, at } = atLine(first.number, () => parseHeader(first.text));
  const expectations: Expectation[] = mode === undefined ? [] : [{ kind: mode, text: undefined }];
  const series: SeriesLine[] = [];
  let steps: TimeSteps | undefined = at.kind === "range" ? at.steps : undefined;
  let result: ExpectedResult | undefined;
  for (const { text, number } of lines) {
    atLine(number, () => {
      if (/^expect range vector\b/.test(text)) steps = parseSteps(text);
      else if (/^expect string\b/.test(text)) result = { kind: "string", value: parseString(text) };
      else if (/^expect(ed_fail_(message|regexp))?\s/.test(text)) {
        expectations.push(parseExpectation(text));
      } else {
        const value = parseNumber(text);
        if (value !== undefined) result = { kind: "scalar", value };
        else series.push(parseSeries(text));
      }
    });
  }
  const texts = (kind: Expectation["kind"]) =>
    expectations.filter((e) => e.kind === kind).map(({ text }) => text ?? ANY_TEXT);
  // Old scripts say `eval_fail` and the message on a line of its own: the last one counts.
  const failure = texts("fail").at(-1);
  return {
    kind: "eval",
    line: first.number,
    query,
    at,
    isOrdered: texts("ordered").length > 0,
    ...(failure === undefined ? {} : { failure }),
    warnings: texts("warn"),
    infos: texts("info"),
    allowsWarnings: texts("no_warn").length === 0,
    allowsInfos: texts("no_info").length === 0,
    result: result ?? { kind: "series", series, ...(steps === undefined ? {} : { steps }) },
  };
}

const ANY_TEXT: TextMatch = { description: "any text", matches: () => true };

function parseHeader(text: string): {
  readonly mode: "fail" | "warn" | "ordered" | "info" | undefined;
  readonly query: string;
  readonly at: EvalTime;
} {
  const instant = INSTANT.exec(text);
  const range = RANGE.exec(text);
  const mode = (instant ?? range)?.[1] as "fail" | "warn" | "ordered" | "info" | undefined;
  if (instant !== null) {
    const at: EvalTime = { kind: "instant", time: parseDuration(instant[2] ?? "0") };
    return { mode, query: instant[3] ?? "", at };
  }
  if (range === null) {
    throw new ScriptError(
      "expected 'eval instant at TIME QUERY' or 'eval range from START to END step STEP QUERY'",
    );
  }
  const [start, end, step] = range.slice(2, 5).map(parseDuration);
  return { mode, query: range[5] ?? "", at: { kind: "range", steps: checked(start, end, step) } };
}

function parseSteps(text: string): TimeSteps {
  const parts = /^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$/.exec(text);
  if (parts === null) {
    throw new ScriptError(`expected 'expect range vector from START to END step STEP'`);
  }
  const [start, end, step] = parts.slice(1).map(parseDuration);
  return checked(start, end, step);
}

function checked(start = 0, end = 0, step = 0): TimeSteps {
  if (end < start) throw new ScriptError("the end of the range is before its start");
  return { start, end, step };
}

function parseString(text: string): string {
  const quoted = text.replace(/^expect string\s*/, "");
  const { value, length } = readQuoted(quoted);
  if (length !== quoted.length) throw new ScriptError(`expected one text in quotes in '${text}'`);
  return value;
}
