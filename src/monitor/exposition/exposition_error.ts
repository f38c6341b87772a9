/**
 * What is said of a page that cannot be read.
 *
 * @module
 */

/** Thrown for a page that breaks its format, or that comes in none that is known. */
export class ExpositionError extends Error {
  override readonly name = "ExpositionError";
  /** From 1. It is 1 too where the page as a whole is refused. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;

  constructor(message: string, { line, column } = { line: 1, column: 1 }) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** Of a quoted text that goes on to the end of what is there: no error where there is more of the page. */
export class UnendedError extends ExpositionError {}

/** The error for what stands at `at` of the page; `problem` says what was expected or is wrong. */
export function expositionError(text: string, at: number, problem: string): ExpositionError {
  let line = 1;
  let lineStart = 0;
  for (
    let next = text.indexOf("\n");
    next !== -1 && next < at;
    next = text.indexOf("\n", next + 1)
  ) {
    line++;
    lineStart = next + 1;
  }
  const column = at - lineStart + 1;
  return new ExpositionError(
    `Cannot read the metrics page at line ${line}, column ${column}: ${problem}`,
    { line, column },
  );
}

/** The same error so many lines further down. */
export function movedDown(error: ExpositionError, lines: number): ExpositionError {
  if (lines === 0) return error;
  const { line, column } = error;
  const message = error.message.replace(`line ${line},`, `line ${line + lines},`);
  return new ExpositionError(message, { line: line + lines, column });
}

/** The error for a page that goes on in another way than it must. */
export function unexpected(text: string, at: number, expected: string): ExpositionError {
  return expositionError(text, at, `expected ${expected}, found ${describe(text, at)}`);
}

/** What stands at `at`, in quotes and short. */
function describe(text: string, at: number): string {
  if (at >= text.length) return "the end of the page";
  if (text[at] === "\n") return "the end of the line";
  if (text.startsWith("\r\n", at)) return 'a line that ends in "\\r\\n" ("\\n" alone ends a line)';
  const lineEnd = text.indexOf("\n", at);
  return quote(text.slice(at, lineEnd === -1 ? text.length : lineEnd));
}

/** Foreign text for a message: escaped, and no longer than 40 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
