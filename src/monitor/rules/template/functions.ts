/** The functions that templates may call. */
import { Labels } from "../../labels.ts";
import { parseGoFloat } from "../../promql/functions/go_numbers.ts";
import {
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
} from "./humanize.ts";
import { sprintf } from "./printf.ts";
import { isTruthy, printValue, typeName, type Value } from "./value.ts";

/** A function; `run` throws an Error for values that it cannot take. */
export interface TemplateFunction {
  readonly least: number;
  readonly most: number;
  readonly run: (...values: Value[]) => Value;
}

/** By name. */
export const TEMPLATE_FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map(Object.entries({
  humanize: ofNumber(humanize),
  humanize1024: ofNumber(humanize1024),
  humanizeDuration: ofNumber(humanizeDuration),
  humanizePercentage: ofNumber(humanizePercentage),
  humanizeTimestamp: ofNumber(humanizeTimestamp),
  title: ofText(title),
  toUpper: ofText((text) => text.toUpperCase()),
  toLower: ofText((text) => text.toLowerCase()),
  printf: {
    least: 1,
    most: Infinity,
    run: (format: Value, ...values: Value[]) => sprintf(needText(format), values),
  },
  print: { least: 1, most: Infinity, run: print },
  index: { least: 2, most: 2, run: index },
  eq: { least: 2, most: Infinity, run: isEqualToOne },
  ne: { least: 2, most: 2, run: (a: Value, b: Value) => !isEqual(a, b) },
  lt: { least: 2, most: 2, run: isLess },
  le: { least: 2, most: 2, run: (a: Value, b: Value) => isLess(a, b) || isEqual(a, b) },
  gt: { least: 2, most: 2, run: (a: Value, b: Value) => !isLess(a, b) && !isEqual(a, b) },
  ge: { least: 2, most: 2, run: (a: Value, b: Value) => !isLess(a, b) },
  and: { least: 1, most: Infinity, run: (...values: Value[]) => firstWhere(values, false) },
  or: { least: 1, most: Infinity, run: (...values: Value[]) => firstWhere(values, true) },
  not: { least: 1, most: 1, run: (value: Value) => !isTruthy(value) },
}));

function ofNumber(run: (value: number) => string): TemplateFunction {
  return { least: 1, most: 1, run: (value) => run(needNumber(value)) };
}

function ofText(run: (text: string) => string): TemplateFunction {
  return { least: 1, most: 1, run: (value) => run(needText(value)) };
}

function needNumber(value: Value): number {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  const number = typeof value === "string" ? parseGoFloat(value) : undefined;
  if (number !== undefined) return number;
  throw new Error(`expected a number, found ${typeName(value)} ${printValue(value)}`);
}

function needText(value: Value): string {
  if (typeof value === "string") return value;
  throw new Error(`expected text, found ${typeName(value)} ${printValue(value)}`);
}

/** A point, an apostrophe or a colon between letters does not end a word (Unicode's annex 29). */
const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’.:·]\p{L}[\p{L}\p{M}\p{N}_]*)*/gu;

/** Each word with a capital. */
function title(text: string): string {
  return text.replace(WORD, ([first = "", ...rest]) => first.toUpperCase() + rest.join(""));
}

/** With spaces between values of which neither is text, as Go has it. */
function print(...values: Value[]): string {
  let text = "";
  values.forEach((value, i) => {
    const isApart = i > 0 && typeof value !== "string" && typeof values[i - 1] !== "string";
    text += (isApart ? " " : "") + printValue(value);
  });
  return text;
}

function index(map: Value, key: Value): string {
  if (map instanceof Labels) return map.get(needText(key));
  throw new Error(`expected labels to look into, found ${typeName(map)} ${printValue(map)}`);
}

function isEqualToOne(value: Value, ...others: Value[]): boolean {
  return others.some((other) => isEqual(value, other));
}

function isEqual(a: Value, b: Value): boolean {
  requireSameType(a, b);
  return a === b;
}

function isLess(a: Value, b: Value): boolean {
  requireSameType(a, b);
  if (typeof a === "boolean") throw new Error("true and false have no order");
  return a < b;
}

function requireSameType(a: Value, b: Value): void {
  if (typeof a === typeof b && typeof a !== "object") return;
  const hint = typeof a === "bigint" || typeof b === "bigint" ? "; write 5.0, not 5" : "";
  throw new Error(`cannot compare ${typeName(a)} with ${typeName(b)}${hint}`);
}

/** The first that is true, or false; the last where none is. */
function firstWhere(values: readonly Value[], truth: boolean): Value {
  return values.find((value) => isTruthy(value) === truth) ?? values.at(-1) ?? false;
}
