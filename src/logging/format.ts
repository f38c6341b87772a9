/**
 * How a log line looks.
 *
 * @module
 */
import type { Level, Line } from "./logger.ts";

const COLORS: Record<Level, number> = { debug: 90, info: 36, warn: 33, error: 31 };

/** One JSON object on one line: `time` (RFC 3339, UTC), `level`, `message`, then the fields. */
export function formatJson({ time, level, message, fields }: Line): string {
  return JSON.stringify({ time: time.toISOString(), level, message, ...fields }, plain);
}

/** `19:30:12 info  listening address=127.0.0.1:20000` */
export function formatHuman({ time, level, message, fields }: Line, colors: boolean): string {
  const { error, ...rest } = fields;
  const paint = (code: number, text: string) => colors ? `\x1b[${code}m${text}\x1b[0m` : text;
  const clock = paint(90, time.toTimeString().slice(0, 8));
  const pairs = Object.entries(rest).map(([key, value]) =>
    ` ${paint(90, `${key}=`)}${show(value)}`
  );
  const stack = error === undefined ? "" : `\n${describe(error)}`;
  return `${clock} ${paint(COLORS[level], level.padEnd(5))} ${message}${pairs.join("")}${stack}`;
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Error) return describe(value);
  return typeof value === "bigint" ? String(value) : value;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? text : `${text}\nCaused by ${describe(error.cause)}`;
}

function show(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, plain) ?? String(value);
  return /[\s="]/.test(text) ? JSON.stringify(text) : text;
}
