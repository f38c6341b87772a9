/** Lines `metric{…}@st -30s _ 0s-1mx2`: since when the samples of the next line count. */
import type { Labels } from "../labels.ts";
import { readMetric } from "./metric.ts";
import { ScriptError } from "./script_error.ts";
import { repeatCount } from "./series.ts";
import { parseDuration } from "./text.ts";

/** Offsets from the time of each sample, in milliseconds; undefined where it is not known. */
export interface StartTimestampLine {
  readonly labels: Labels;
  readonly offsets: readonly (number | undefined)[];
}

/** Whether a line is one of these. */
export function isStartTimestampLine(line: string): boolean {
  return /^\S*@st\s/.test(line);
}

/** Reads such a line. Throws ScriptError. */
export function parseStartTimestamps(line: string): StartTimestampLine {
  const { labels, rest } = readMetric(line);
  if (!rest.startsWith("@st")) {
    throw new ScriptError(`expected '@st' after the series in '${line}'`);
  }
  const items = rest.slice("@st".length).trim().split(/\s+/);
  return { labels, offsets: items.flatMap(readItem) };
}

const ITEM = /^([+-]?)(\d+[a-wyz]*)(?:([+-])(\d+[a-wyz]*))?(?:x(\d+))?$/;

function readItem(item: string): (number | undefined)[] {
  if (item === "_") return [undefined];
  if (item.startsWith("_x")) {
    return new Array<undefined>(repeatCount(item.slice(2))).fill(undefined);
  }
  const parts = ITEM.exec(item);
  if (parts === null || (parts[3] !== undefined && parts[5] === undefined)) {
    throw new ScriptError(`'${item}' is no start timestamp; expected such as -1m, -30s-1mx2, _`);
  }
  const [, sign, first = "", increaseSign, increase, times] = parts;
  const base = parseDuration(first) * (sign === "-" ? -1 : 1);
  const step = increase === undefined
    ? 0
    : parseDuration(increase) * (increaseSign === "-" ? -1 : 1);
  return Array.from(
    { length: times === undefined ? 1 : repeatCount(times) + 1 },
    (_, i) => base + i * step,
  );
}
