/**
 * The terminal: lines that stay, and below them one status line that is redrawn in place.
 *
 * @module
 */

/** Where a terminal writes. */
export interface Output {
  readonly write: (text: string) => void;
  /** Whether a person sees it: only then is anything redrawn. */
  readonly isTerminal: boolean;
  /** Width in characters, asked anew for every line. */
  readonly columns: () => number;
}

/** Standard output and standard error of a program, with a status line pinned below both. */
export class Terminal {
  readonly #out: Output;
  readonly #err: Output;
  #status = "";

  constructor(out: Output, err: Output) {
    this.#out = out;
    this.#err = err;
  }

  /** Whether the status line can be redrawn in place. */
  get isInteractive(): boolean {
    return this.#out.isTerminal;
  }

  /** Whether standard error is read by a person. */
  get errorsAreRead(): boolean {
    return this.#err.isTerminal;
  }

  /** Writes a line to standard output. */
  print(line: string): void {
    this.#above(() => this.#out.write(`${line}\n`));
  }

  /** Writes a line to standard error. */
  printError(line: string): void {
    this.#above(() => this.#err.write(`${line}\n`));
  }

  /** Shows `text` below everything printed, in place of the status shown before. Empty removes it. */
  status(text: string): void {
    if (!this.#out.isTerminal) return;
    const width = Math.max(1, this.#out.columns() - 1);
    this.#erase();
    this.#status = text.length > width ? `${text.slice(0, width - 1)}…` : text;
    if (this.#status) this.#out.write(this.#status);
  }

  #above(write: () => void): void {
    this.#erase();
    write();
    if (this.#status) this.#out.write(this.#status);
  }

  #erase(): void {
    if (this.#status) this.#out.write("\r\x1b[2K");
  }
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return new Terminal(output(Deno.stdout), output(Deno.stderr));
}

function output(stream: typeof Deno.stdout): Output {
  const encoder = new TextEncoder();
  return {
    isTerminal: stream.isTerminal(),
    columns: () => {
      try {
        return Deno.consoleSize().columns;
      } catch {
        return 80;
      }
    },
    write: (text) => {
      try {
        for (let rest = encoder.encode(text); rest.length > 0;) {
          rest = rest.subarray(stream.writeSync(rest));
        }
      } catch (error) {
        // A closed pipe (`echoscope client | head -1`) is the reader's wish; nothing else may be lost in silence.
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      }
    },
  };
}
