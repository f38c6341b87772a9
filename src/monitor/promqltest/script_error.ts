/** A line of a test script that cannot be read. `line` counts from 1. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";

  constructor(message: string, readonly line?: number, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Runs `read`; what it throws as a {@linkcode ScriptError} without a line gets `line`. */
export function atLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ScriptError) || error.line !== undefined) throw error;
    throw new ScriptError(error.message, line, { cause: error });
  }
}
