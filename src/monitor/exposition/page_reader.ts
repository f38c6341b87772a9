/**
 * What the readers of both formats have in common: a page is read line by line, in as many goes as one
 * likes, and a series is read alike but for what its braces may hold.
 *
 * @module
 */
import type { Interruptible } from "../stretches.ts";
import {
  blanksEnd,
  BRACE_CLOSE,
  BRACE_OPEN,
  metricNameEnd,
  QUOTE,
  SPACE,
  TAB,
} from "./characters.ts";
import type { Format } from "./content_type.ts";
import { type Cursor, readQuoted } from "./cursor.ts";
import {
  ExpositionError,
  expositionError,
  movedDown,
  quote,
  UnendedError,
  unexpected,
} from "./exposition_error.ts";
import { type LabelRules, readLabels } from "./label_set.ts";
import type { Exposition, LabelPair } from "./model.ts";
import { canonicalNumber } from "./numbers.ts";
import { ownLabel, Page } from "./page.ts";
import type { NamedSeries, SeriesMemory } from "./series_memory.ts";

const METRIC_NAME = "__name__";
/** Up to here each name is compared with each other, which takes no memory. */
const FEW_LABELS = 16;

/** Lines, and UTF-16 units, that are read in one go: far less than a millisecond's work. */
const SLICE_LINES = 256;
const SLICE_LENGTH = 64 * 1024;
/** A line that is longer fails the page where that comes in pieces, in UTF-16 units. */
export const LONGEST_LINE = 256 * 1024;

/** Reads one page, once. */
export abstract class PageReader {
  protected readonly cursor: Cursor;
  protected readonly page = new Page();
  readonly #rules: LabelRules;
  readonly #memory: SeriesMemory | undefined;
  readonly #pieces: readonly string[];
  #nextPiece = 1;
  /** How many lines there are before the text of the cursor. */
  #linesBefore = 0;
  #ending: Interruptible<Exposition> | undefined;

  constructor(
    pieces: readonly string[],
    format: Format,
    rules: LabelRules,
    memory: SeriesMemory | undefined,
  ) {
    this.#pieces = pieces;
    this.cursor = { text: pieces[0] ?? "", at: 0 };
    this.#rules = rules;
    this.#memory = memory;
    memory?.begin(format);
  }

  /** Reads a line; false where there is none left. */
  protected abstract readLine(): boolean;

  /** Reads a few lines. Returns the page once it is at its end. */
  read(): Exposition | undefined {
    if (this.#ending === undefined) {
      let length = 0;
      for (let i = 0; i < SLICE_LINES && length < SLICE_LENGTH; i++) {
        const read = this.#readNext();
        if (read === undefined) {
          this.#ending = this.#end();
          break;
        }
        length += read;
      }
      return undefined;
    }
    const { done, value } = this.#ending.next();
    return done === true ? value : undefined;
  }

  *#end(): Interruptible<Exposition> {
    const exposition = yield* this.page.end();
    if (this.#memory !== undefined) yield* this.#memory.end();
    return exposition;
  }

  /** Reads a line, which may go on in the next piece; gives its length, or undefined at the end. */
  #readNext(): number | undefined {
    const { cursor } = this;
    if (cursor.at >= cursor.text.length) this.#goOn(cursor.at);
    for (;;) {
      const start = cursor.at;
      try {
        // Where the page says that it ends, the reader finds whether it does.
        if (this.readLine()) return cursor.at - start;
        if (!this.#goOn(start)) return undefined;
      } catch (error) {
        if (!(error instanceof ExpositionError)) throw error;
        if (error instanceof UnendedError && this.#goOn(start)) continue;
        throw movedDown(error, this.#linesBefore);
      }
    }
  }

  /** Puts as much of the page behind what begins at `start` as there is of that, at least a piece. */
  #goOn(start: number): boolean {
    const { cursor } = this;
    if (this.#nextPiece >= this.#pieces.length) return false;
    const rest = cursor.text.slice(start);
    if (rest.length > LONGEST_LINE) {
      const problem = `found more than ${LONGEST_LINE} characters before the line ended`;
      throw expositionError(cursor.text, start, problem);
    }
    let more = "";
    while (more.length <= rest.length && this.#nextPiece < this.#pieces.length) {
      more += this.#pieces[this.#nextPiece++] ?? "";
    }
    this.#linesBefore += countLineFeeds(cursor.text, start);
    cursor.text = rest + more;
    cursor.at = 0;
    return true;
  }

  /** Reads a metric's name with its labels. */
  protected readSeries(): NamedSeries {
    const { cursor } = this;
    const start = cursor.at;
    const expected = this.#memory?.expect(cursor.text, start);
    if (expected !== undefined) {
      const end = start + expected.source.length;
      const { type } = expected;
      if ((type === undefined || type === this.page.type) && isSeriesEnd(cursor.text, end)) {
        cursor.at = end;
        this.#memory?.confirm(expected);
        return expected;
      }
    }
    const labels: LabelPair[] = [];
    const name = this.#readNameAndLabels(labels);
    this.#checkNames(start, labels);
    const isTyped = this.#canonicalize(labels);
    if (this.#memory === undefined) return { name, labels };
    const type = isTyped ? this.page.type : undefined;
    return this.#memory.add(cursor.text.slice(start, cursor.at), { name, labels }, type);
  }

  /** Reads the name of a family behind `keyword`. */
  protected readFamilyName(keyword: string): string {
    const { cursor } = this;
    const { text, at: start } = cursor;
    if (text.charCodeAt(start) === QUOTE) {
      return readQuoted(cursor, "the name", { lineFeeds: true, nulls: false });
    }
    const end = metricNameEnd(text, start);
    if (end === start) throw unexpected(text, start, `a metric's name after ${keyword}`);
    cursor.at = end;
    return text.slice(start, end);
  }

  #readNameAndLabels(labels: LabelPair[]): string {
    const { cursor } = this;
    const { text, at: start } = cursor;
    const nameEnd = metricNameEnd(text, start);
    let name = nameEnd === start ? undefined : text.slice(start, nameEnd);
    const at = this.#rules.isLoose ? blanksEnd(text, nameEnd) : nameEnd;
    if (text.charCodeAt(at) === BRACE_OPEN) {
      cursor.at = at + 1;
      name = readLabels(cursor, this.#rules, labels, name);
    } else {
      cursor.at = nameEnd;
    }
    if (name === undefined) {
      if (cursor.at === start) throw unexpected(text, start, "a metric's name, '{' or '#'");
      throw expositionError(text, start, "expected a metric's name among the labels, found none");
    }
    if (name === "") {
      throw expositionError(text, start, "expected a metric's name, found an empty one");
    }
    return name;
  }

  #checkNames(start: number, labels: readonly LabelPair[]): void {
    const repeated = findRepeatedName(labels);
    if (repeated !== undefined) {
      const problem = `found the label ${quote(repeated)} twice`;
      throw expositionError(this.cursor.text, start, problem);
    }
    if (labels.some(([name]) => name === "")) {
      const problem = "expected a label's name, found an empty one";
      throw expositionError(this.cursor.text, start, problem);
    }
  }

  /** Writes `le` and `quantile` as Prometheus stores them. Returns whether the type decided that. */
  #canonicalize(labels: LabelPair[]): boolean {
    const own = ownLabel(this.page.type);
    let isTyped = false;
    for (let i = 0; i < labels.length; i++) {
      const [name, value] = labels[i] ?? ["", ""];
      if (name !== "le" && name !== "quantile") continue;
      isTyped = true;
      if (name === own) labels[i] = [name, canonicalNumber(value)];
    }
    return isTyped;
  }
}

function countLineFeeds(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** A name that comes twice, or that is the metric name's own. */
function findRepeatedName(labels: readonly LabelPair[]): string | undefined {
  if (labels.length > FEW_LABELS) {
    const names = new Set([METRIC_NAME]);
    return labels.find(([name]) => names.size === names.add(name).size)?.[0];
  }
  for (let i = 0; i < labels.length; i++) {
    const name = labels[i]?.[0];
    if (name === METRIC_NAME) return name;
    for (let j = 0; j < i; j++) if (labels[j]?.[0] === name) return name;
  }
  return undefined;
}

/** Whether a series that was named up to `end` is complete there. */
function isSeriesEnd(text: string, end: number): boolean {
  if (text.charCodeAt(end - 1) === BRACE_CLOSE) return true;
  const code = text.charCodeAt(end);
  return (code === SPACE || code === TAB) &&
    text.charCodeAt(blanksEnd(text, end)) !== BRACE_OPEN;
}
