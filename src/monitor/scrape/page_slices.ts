import {
  type Exposition,
  ExpositionError,
  movedDown,
  parseExpositionInSlices,
  SeriesMemory,
} from "../exposition/mod.ts";
import type { Pace } from "../pace.ts";

const OPENMETRICS = "application/openmetrics-text";
const EOF = "# EOF";
/**
 * So long is a slice at least, in UTF-16 units: some 30,000 lines. A series that two slices name one
 * after the other is read several times faster, so all that are scraped at a time should fit in one.
 */
const SLICE_LENGTH = 4 * 1024 * 1024;

/** A part of a page, as if it were a page of its own. */
export interface PageSlice {
  readonly page: Exposition;
  /** How many lines were read up to its end. */
  readonly lines: number;
  /** The line, from 1, of a sample of it. */
  lineOf(sample: number): number;
}

/**
 * Reads OpenMetrics of any length slice by slice, from pieces of text that may end anywhere. Throws an
 * ExpositionError with the line and column in the whole.
 */
export async function* pageSlices(
  pieces: Iterable<string> | AsyncIterable<string>,
  pace: Pace,
): AsyncGenerator<PageSlice, void, void> {
  const reader = new SliceReader(pace);
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    while (text.length >= SLICE_LENGTH) {
      const end = text.indexOf("\n", SLICE_LENGTH - 1) + 1;
      // What could be the end of it all is left for the last slice.
      if (end === 0 || end >= text.length - EOF.length - 1) break;
      yield await reader.read(text.slice(0, end));
      text = text.slice(end);
    }
  }
  yield await reader.readLast(text);
}

class SliceReader {
  readonly #memory = new SeriesMemory();
  /** The last TYPE line: it counts for what follows. */
  #type = "";
  #lines = 0;
  readonly #pace: Pace;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Reads lines that others follow. */
  async read(text: string): Promise<PageSlice> {
    const slice = await this.readLast(`${text}${EOF}\n`, text);
    const type = text.lastIndexOf("\n# TYPE ");
    if (type !== -1) this.#type = text.slice(type + 1, text.indexOf("\n", type + 1) + 1);
    else if (text.startsWith("# TYPE ")) this.#type = text.slice(0, text.indexOf("\n") + 1);
    this.#lines = slice.lines;
    return slice;
  }

  /** Reads lines up to `# EOF`; `text` is what they are without what was put there. */
  async readLast(page: string, text = page): Promise<PageSlice> {
    const before = this.#lines;
    const added = this.#type === "" ? 0 : 1;
    return {
      page: await this.#parse(this.#type + page, before - added),
      lines: before + countLines(text),
      lineOf: (sample) => before + lineOfSample(text, sample),
    };
  }

  async #parse(text: string, offset: number): Promise<Exposition> {
    const pace = this.#pace;
    try {
      return await parseExpositionInSlices(
        text,
        OPENMETRICS,
        () => pace.due() ? pace.giveWay() : undefined,
        { memory: this.#memory },
      );
    } catch (error) {
      if (!(error instanceof ExpositionError)) throw error;
      throw movedDown(error, offset);
    }
  }
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return text.endsWith("\n") || text === "" ? lines : lines + 1;
}

/** The line, from 1, of a sample in a text: every line that does not begin with # is one. */
function lineOfSample(text: string, sample: number): number {
  let seen = -1;
  const lines = text.split("\n");
  return lines.findIndex((line) => !line.startsWith("#") && ++seen === sample) + 1;
}
