/**
 * A log that a test can wait for.
 *
 * @module
 */
import { createLogger, type Logger } from "../logging/logger.ts";

/** Keeps what is logged, a JSON object a line. */
export interface LogLines {
  readonly log: Logger;
  readonly lines: readonly string[];
  /** Resolves with the first line that contains `text`, come or to come; it is taken out. */
  take(text: string): Promise<string>;
}

/** Makes a log that keeps everything. */
export function logLines(): LogLines {
  const lines: string[] = [];
  let wake = Promise.withResolvers<void>();
  const log = createLogger({
    level: "debug",
    format: "json",
    write(line) {
      lines.push(line);
      wake.resolve();
      wake = Promise.withResolvers();
    },
  });
  async function take(text: string): Promise<string> {
    while (true) {
      const at = lines.findIndex((line) => line.includes(text));
      if (at >= 0) return lines.splice(at, 1)[0] as string;
      await wake.promise;
    }
  }
  return { log, lines, take };
}
