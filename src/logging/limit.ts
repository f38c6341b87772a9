/**
 * Keeps a log from growing with what it tells of.
 *
 * @module
 */
import type { Fields, Logger } from "./logger.ts";

/** Options of {@linkcode limitLines}. */
export interface LimitLinesOptions {
  /** Lines that are written in one second, at most. Default 100. */
  readonly perSecond?: number;
  /** The clock, in milliseconds. Default `performance.now`. */
  readonly now?: () => number;
}

/**
 * A logger for lines that others can cause at will. What is over the limit is left out, and the next
 * line that is written says in `left_out` how many lines that were.
 */
export function limitLines(
  log: Logger,
  { perSecond = 100, now = () => performance.now() }: LimitLinesOptions = {},
): Logger {
  let second = NaN;
  let written = 0;
  let leftOut = 0;

  function write(level: keyof Logger, message: string, fields: Fields = {}): void {
    const current = Math.floor(now() / 1000);
    if (current !== second) {
      second = current;
      written = 0;
    }
    if (written >= perSecond) {
      leftOut++;
      return;
    }
    written++;
    log[level](message, leftOut > 0 ? { ...fields, "left_out": leftOut } : fields);
    leftOut = 0;
  }

  return {
    debug: (message, fields) => write("debug", message, fields),
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
  };
}
