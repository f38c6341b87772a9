/**
 * Prometheus' own text format: 0.0.4, and 1.0.0 with names in quotes.
 *
 * Like Prometheus 3 this takes more than the format's description has: label values with line feeds,
 * labels with no comma between them, any ASCII character between a family's name and its help. Three
 * things differ on purpose: blanks before a name are no part of it; a character of code 0 where it has no
 * place is an error, not the silent end of the page; and a label that comes twice is an error even where
 * one of the two is empty.
 *
 * @see {@link https://prometheus.io/docs/instrumenting/exposition_formats/}
 * @module
 */
import {
  blanksEnd,
  BRACE_OPEN,
  HASH,
  LINE_FEED,
  lineEnd,
  NINE,
  SPACE,
  TAB,
  ZERO,
} from "./characters.ts";
import { readNumber } from "./cursor.ts";
import { detached } from "./detached.ts";
import { unescapeHelp } from "./escapes.ts";
import { expositionError, quote, unexpected } from "./exposition_error.ts";
import type { LabelRules } from "./label_set.ts";
import type { MetricType } from "./model.ts";
import { PageReader } from "./page_reader.ts";
import type { SeriesMemory } from "./series_memory.ts";

const LABELS: LabelRules = {
  isLoose: true,
  lineFeedsInValues: true,
  lineFeedsInNames: true,
  metricNames: true,
};

const TYPES: ReadonlyMap<string, MetricType> = new Map([
  ["counter", "counter"],
  ["gauge", "gauge"],
  ["histogram", "histogram"],
  ["summary", "summary"],
  ["untyped", "unknown"],
]);

/** What 64 bits hold, in milliseconds: Prometheus has no times beyond. */
const MAX_TIMESTAMP = 2 ** 63;

/** Reads a page in the text format. */
export class TextReader extends PageReader {
  constructor(pieces: readonly string[], memory: SeriesMemory | undefined) {
    super(pieces, "text", LABELS, memory);
  }

  protected override readLine(): boolean {
    const { cursor } = this;
    const { text } = cursor;
    cursor.at = blanksEnd(text, cursor.at);
    if (cursor.at >= text.length) return false;
    const code = text.charCodeAt(cursor.at);
    if (code === HASH) {
      this.#readComment();
    } else if (code !== LINE_FEED) {
      this.#readSample();
    }
    cursor.at++;
    return true;
  }

  #readSample(): void {
    const { cursor } = this;
    const { text } = cursor;
    const series = this.readSeries();
    cursor.at = blanksEnd(text, cursor.at);
    const value = readNumber(cursor, valueEnd(text, cursor.at), "a value after the series");
    const sample = this.page.add(series, value);
    cursor.at = blanksEnd(text, cursor.at);
    if (isLineEnd(text, cursor.at)) return;
    sample.timestamp = this.#readTimestamp();
    cursor.at = blanksEnd(text, cursor.at);
    if (!isLineEnd(text, cursor.at)) {
      throw unexpected(text, cursor.at, "the end of the line after the timestamp");
    }
  }

  /** Whole milliseconds, none before the epoch. */
  #readTimestamp(): number {
    const { cursor } = this;
    const { text, at: start } = cursor;
    let end = start;
    for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE;) {
      code = text.charCodeAt(++end);
    }
    if (end === start) throw unexpected(text, start, "a timestamp in milliseconds or a new line");
    const milliseconds = Number(text.slice(start, end));
    if (milliseconds >= MAX_TIMESTAMP) {
      throw expositionError(
        text,
        start,
        `expected a timestamp in milliseconds, but ${milliseconds} is out of range`,
      );
    }
    cursor.at = end;
    return milliseconds;
  }

  #readComment(): void {
    const { cursor } = this;
    const { text } = cursor;
    const start = blanksEnd(text, cursor.at + 1);
    const isHelp = text.startsWith("HELP", start);
    const nameStart = blanksEnd(text, start + 4);
    const isMetadata = start > cursor.at + 1 && nameStart > start + 4 &&
      (isHelp || text.startsWith("TYPE", start));
    if (!isMetadata) {
      cursor.at = lineEnd(text, cursor.at);
      return;
    }
    cursor.at = nameStart;
    const metadata = this.page.describe(this.readFamilyName(isHelp ? "HELP" : "TYPE"));
    if (text.charCodeAt(cursor.at) > 0x7f) {
      throw unexpected(text, cursor.at, "a space after the metric's name");
    }
    const end = lineEnd(text, cursor.at);
    const content = blanksEnd(text, cursor.at) === end ? "" : text.slice(cursor.at + 1, end);
    if (isHelp) {
      metadata.help = detached(unescapeHelp(content));
    } else {
      const type = TYPES.get(content);
      if (type === undefined) {
        throw expositionError(
          text,
          cursor.at,
          `expected one of ${[...TYPES.keys()].join(", ")} after the name, found ${quote(content)}`,
        );
      }
      metadata.type = type;
      this.page.type = type;
    }
    cursor.at = end;
  }
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === LINE_FEED;
}

function valueEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === LINE_FEED || code === TAB || code === BRACE_OPEN) break;
  }
  return at;
}
