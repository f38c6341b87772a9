/**
 * Structured logs: a sentence, fields, a level. JSON lines for machines, one short line for people.
 * Message bodies never go into a log.
 *
 * @module
 */
import { formatHuman, formatJson } from "./format.ts";

/** Levels from the most to the least talkative. */
export const LEVELS = ["debug", "info", "warn", "error"] as const;

/** How much a line matters. */
export type Level = typeof LEVELS[number];

/** What a line says besides its sentence. An `error` field is shown with its stack. */
export type Fields = Readonly<Record<string, unknown>>;

/** One line, before it is formatted. */
export interface Line {
  readonly time: Date;
  readonly level: Level;
  readonly message: string;
  readonly fields: Fields;
}

/** Writes lines of at least one level. */
export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** Options of {@linkcode createLogger}. */
export interface LoggerOptions {
  /** Lines below this level are dropped. */
  readonly level: Level;
  readonly format: "human" | "json";
  /** Takes one formatted line without its newline. */
  readonly write: (line: string) => void;
  /** Colours, for `human`. Default false. */
  readonly colors?: boolean;
  /** The clock. Default the system's. */
  readonly now?: () => Date;
  /**
   * Fields that a line gets from where it is written, such as the trace that is going on; its own win.
   * Asked for each line that is not dropped.
   */
  readonly context?: () => Fields;
}

/** Makes a logger. Writing never throws: a closed pipe must not end a service. */
export function createLogger(options: LoggerOptions): Logger {
  const { write, now = () => new Date(), colors = false, context } = options;
  const format = options.format === "json" ? formatJson : (line: Line) => formatHuman(line, colors);
  const lowest = LEVELS.indexOf(options.level);
  const at = (level: Level) =>
    LEVELS.indexOf(level) < lowest ? () => {} : (message: string, fields: Fields = {}) => {
      try {
        const all = context === undefined ? fields : { ...fields, ...context(), ...fields };
        write(format({ time: now(), level, message, fields: all }));
      } catch {
        // Nobody reads the log any more; there is no place left to say so.
      }
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
