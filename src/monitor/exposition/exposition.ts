/**
 * Reads what a scrape answers: Prometheus' text format and OpenMetrics, as strictly as Prometheus 3.
 *
 * @module
 */
import { type Format, formatOf } from "./content_type.ts";
import type { Exposition } from "./model.ts";
import { OpenMetricsReader } from "./openmetrics.ts";
import type { PageReader } from "./page_reader.ts";
import type { SeriesMemory } from "./series_memory.ts";
import { TextReader } from "./text_format.ts";

/** What is known of a page beside its Content-Type. */
export interface ExpositionOptions {
  /** The format of a page whose Content-Type is missing or unknown; without it that is an error. */
  readonly fallback?: Format;
  /** What the target's last page left; makes reading several times faster. */
  readonly memory?: SeriesMemory;
}

/**
 * Reads a page whole. A page with a fault gives nothing: half a scrape is never stored.
 *
 * Read without a memory, the names and labels of samples are views of `text`, which lives as long as any
 * of them; nothing else in the result keeps it.
 *
 * @throws {ExpositionError} For a page that breaks the format its Content-Type names, and for a
 * Content-Type that names none.
 */
export function parseExposition(
  text: string,
  contentType: string | null,
  options: ExpositionOptions = {},
): Exposition {
  const reader = readerOf(text, contentType, options);
  for (;;) {
    const page = reader.read();
    if (page !== undefined) return page;
  }
}

/**
 * {@linkcode parseExposition} in slices: `pace` is called after less than a millisecond's work, and
 * awaited where it returns a promise, so that the event loop has its turns. A long page comes in pieces,
 * each of which but the last ends with a line feed: a text of many megabytes takes long to handle.
 */
export async function parseExpositionInSlices(
  text: string | readonly string[],
  contentType: string | null,
  pace: () => Promise<void> | undefined,
  options: ExpositionOptions = {},
): Promise<Exposition> {
  const reader = readerOf(text, contentType, options);
  for (;;) {
    const page = reader.read();
    if (page !== undefined) return page;
    const turn = pace();
    if (turn !== undefined) await turn;
  }
}

function readerOf(
  text: string | readonly string[],
  contentType: string | null,
  { fallback, memory }: ExpositionOptions,
): PageReader {
  const pieces = typeof text === "string" ? [text] : text;
  return formatOf(contentType, fallback) === "text"
    ? new TextReader(pieces, memory)
    : new OpenMetricsReader(pieces, memory);
}
