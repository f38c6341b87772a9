import { createLogger, type Logger } from "../logging/logger.ts";
import { currentTraceFields } from "../rpc/interceptors/tracing_fields.ts";
import type { ConfigOf } from "./config.ts";
import type { logOptions } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** The logger of a command: to standard error, for people where a person reads it. */
export function commandLogger(
  { logLevel, logFormat }: ConfigOf<typeof logOptions>,
  terminal: Terminal,
): Logger {
  const auto = terminal.errorsAreRead ? "human" : "json";
  return createLogger({
    level: logLevel,
    format: logFormat === "auto" ? auto : logFormat,
    colors: terminal.errorsAreRead,
    write: (line) => terminal.printError(line),
    context: currentTraceFields,
  });
}
