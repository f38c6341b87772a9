/**
 * OpenMetrics 1.0 as text. Blanks are single spaces where they must be and stand nowhere else, there are
 * no empty lines and no comments, and `# EOF` is the last line.
 *
 * As in Prometheus the rules about what a family of a type may hold are not checked: an exemplar is
 * taken on any sample, and a counter needs no `_total`.
 *
 * @see {@link https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md}
 * @module
 */
import { HASH, LINE_FEED, lineEnd, SPACE } from "./characters.ts";
import { readNumber } from "./cursor.ts";
import { detached } from "./detached.ts";
import { unescapeQuoted } from "./escapes.ts";
import { expositionError, quote, unexpected } from "./exposition_error.ts";
import { type LabelRules, readLabels } from "./label_set.ts";
import type { LabelPair, MetricType, ParsedExemplar } from "./model.ts";
import { PageReader } from "./page_reader.ts";
import type { SeriesMemory } from "./series_memory.ts";

const SERIES_LABELS: LabelRules = {
  isLoose: false,
  lineFeedsInValues: false,
  lineFeedsInNames: true,
  metricNames: true,
};

const EXEMPLAR_LABELS: LabelRules = {
  isLoose: false,
  lineFeedsInValues: false,
  lineFeedsInNames: false,
  metricNames: false,
};

const TYPES: ReadonlySet<string> = new Set<MetricType>([
  "counter",
  "gauge",
  "histogram",
  "gaugehistogram",
  "summary",
  "info",
  "stateset",
  "unknown",
]);

/** Milliseconds beyond 64 bits are kept at the limit, so that a store finds them out of its bounds. */
const TIMESTAMP_LIMIT = 2 ** 63;
const EXEMPLAR = " # {";
const EOF = "# EOF";

/** Reads a page in OpenMetrics. */
export class OpenMetricsReader extends PageReader {
  constructor(pieces: readonly string[], memory: SeriesMemory | undefined) {
    super(pieces, "openmetrics", SERIES_LABELS, memory);
  }

  protected override readLine(): boolean {
    const { text, at: start } = this.cursor;
    if (start >= text.length) {
      throw expositionError(text, start, `expected '${EOF}' as the last line, found none`);
    }
    if (text.charCodeAt(start) !== HASH) {
      this.#readSample();
    } else if (text.startsWith(EOF, start)) {
      const end = start + EOF.length;
      const next = text.charCodeAt(end) === LINE_FEED ? end + 1 : end;
      if (next < text.length) throw unexpected(text, next, `nothing after '${EOF}'`);
      return false;
    } else {
      this.#readMetadata();
    }
    return true;
  }

  #readSample(): void {
    const { cursor, page } = this;
    const series = this.readSeries();
    const sample = page.add(series, this.#readField("a value after the series"));
    if (!this.#isLineEnd() && !this.#isExemplar()) {
      sample.timestamp = this.#readTime("a timestamp, an exemplar or a new line");
    }
    if (this.#isExemplar()) sample.exemplar = this.#readExemplar();
    if (!this.#isLineEnd()) throw unexpected(cursor.text, cursor.at, "the end of the line");
    cursor.at++;
    page.noteCreated(sample);
  }

  #readExemplar(): ParsedExemplar {
    const { cursor } = this;
    cursor.at += EXEMPLAR.length;
    const read: LabelPair[] = [];
    readLabels(cursor, EXEMPLAR_LABELS, read);
    const labels = read.map(([name, value]) => [detached(name), detached(value)] as const);
    const value = this.#readField("a value after the exemplar's labels");
    if (this.#isLineEnd()) return { labels, value };
    return { labels, value, timestamp: this.#readTime("a timestamp or a new line") };
  }

  /** A space and the number behind it. */
  #readField(what: string): number {
    const { cursor } = this;
    const { text } = cursor;
    if (text.charCodeAt(cursor.at) !== SPACE) {
      throw unexpected(text, cursor.at, `a space and ${what}`);
    }
    cursor.at++;
    return readNumber(cursor, fieldEnd(text, cursor.at), what);
  }

  /** Seconds on the page, whole milliseconds as a result. */
  #readTime(what: string): number {
    const { text, at: start } = this.cursor;
    const seconds = this.#readField(what);
    if (!Number.isFinite(seconds)) {
      throw expositionError(text, start + 1, `expected ${what}, but ${seconds} is no time`);
    }
    const milliseconds = Math.trunc(seconds * 1000);
    // Adding 0 makes 0 of -0.
    return Math.max(-TIMESTAMP_LIMIT, Math.min(TIMESTAMP_LIMIT, milliseconds)) + 0;
  }

  #isExemplar(): boolean {
    return this.cursor.text.startsWith(EXEMPLAR, this.cursor.at);
  }

  #isLineEnd(): boolean {
    const { text, at } = this.cursor;
    if (at >= text.length) {
      throw expositionError(text, at, `expected '${EOF}' as the last line, found none`);
    }
    return text.charCodeAt(at) === LINE_FEED;
  }

  #readMetadata(): void {
    const { cursor } = this;
    const { text, at: start } = cursor;
    const keyword = text.slice(start, start + "# HELP ".length);
    if (keyword !== "# HELP " && keyword !== "# TYPE " && keyword !== "# UNIT ") {
      throw unexpected(text, start, `'# HELP ', '# TYPE ', '# UNIT ' or '${EOF}'`);
    }
    cursor.at = start + keyword.length;
    const family = this.readFamilyName(keyword.slice(2, -1));
    if (text.charCodeAt(cursor.at) !== SPACE) {
      throw unexpected(text, cursor.at, "a space after the metric's name");
    }
    const at = cursor.at + 1;
    const end = lineEnd(text, at);
    if (end === text.length) {
      throw expositionError(text, end, `expected '${EOF}' as the last line, found none`);
    }
    const content = text.slice(at, end);
    const metadata = this.page.describe(family);
    if (keyword === "# HELP ") {
      metadata.help = detached(unescapeQuoted(content));
    } else if (keyword === "# UNIT ") {
      metadata.unit = detached(this.#checkUnit(at, family, content));
    } else {
      if (!isMetricType(content)) {
        throw expositionError(
          text,
          at,
          `expected one of ${[...TYPES].join(", ")} after the name, found ${quote(content)}`,
        );
      }
      metadata.type = content;
      this.page.type = content;
    }
    cursor.at = end + 1;
  }

  #checkUnit(at: number, family: string, unit: string): string {
    if (unit !== "" && !family.endsWith(`_${unit}`)) {
      throw expositionError(
        this.cursor.text,
        at,
        `expected a unit that the name ${quote(family)} ends in, found ${quote(unit)}`,
      );
    }
    return unit;
  }
}

function isMetricType(text: string): text is MetricType {
  return TYPES.has(text);
}

function fieldEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === LINE_FEED) break;
  }
  return at;
}
