/** Words that scripts are made of: durations, numbers, quoted text. */
import { unquote } from "../promql/parse/string_literal.ts";
import { ScriptError } from "./script_error.ts";

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];

/** A duration as Prometheus writes it (`1h30m`, `0`), in milliseconds. Throws ScriptError. */
export function parseDuration(text: string): number {
  if (text === "0") return 0;
  const parts = DURATION.exec(text);
  if (parts === null || text === "") {
    throw new ScriptError(`'${text}' is no duration; expected one such as 30s or 1h30m`);
  }
  return UNITS.reduce((sum, unit, i) => sum + unit * Number(parts[i + 1] ?? 0), 0);
}

/** A number as Go reads it: decimal, 0x…, NaN, Inf with a sign or not; undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special !== null) {
    const value = special[2]?.toLowerCase() === "nan" ? NaN : Infinity;
    return special[1] === "-" ? -value : value;
  }
  const parts = /^([+-]?)(0x[0-9a-f]+|\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)$/i.exec(text);
  if (parts === null) return undefined;
  return (parts[1] === "-" ? -1 : 1) * Number(parts[2]);
}

/** What stands at the start of `text` in quotes (", ' or `), and how long it is with them. */
export function readQuoted(text: string): { readonly value: string; readonly length: number } {
  const [literal] = /^(?:`[^`]*`|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/.exec(text) ?? [];
  if (literal === undefined) {
    throw new ScriptError(`expected text in quotes, found '${text.slice(0, 20)}'`);
  }
  return { value: unquote(literal), length: literal.length };
}
