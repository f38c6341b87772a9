/**
 * The lines of a stream as they come, so that a test can wait for one. Keeps them all.
 *
 * @module
 */

/** Reads a stream to its end, line by line. */
export class Lines {
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #open = true;

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.ended = this.#read(stream);
  }

  /** What has come so far, as one text. */
  get text(): string {
    return this.#lines.join("\n");
  }

  /** Resolves with the first line that contains `text`; rejects when the stream ends without it. */
  async find(text: string): Promise<string> {
    while (true) {
      const found = this.#lines.find((line) => line.includes(text));
      if (found !== undefined) return found;
      if (!this.#open) {
        throw new Error(`The stream ended before '${text}' came. It had:\n${this.text}`);
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let rest = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.#lines.push(...lines);
      this.#wake();
    }
    if (rest !== "") this.#lines.push(rest);
    this.#open = false;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
