/**
 * Which format and encoding a scraper gets (RFC 9110, sections 12.4.2, 12.5.1 and 12.5.3).
 *
 * @module
 */
import type { Format } from "./format.ts";

/** One entry of an Accept header. */
interface Preference {
  /** In lower case: `text/plain`, `text/*`, `gzip`. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0 (not acceptable) to 1. */
  readonly quality: number;
}

/**
 * OpenMetrics where `accept` names it (version 1.0.0 or none) and likes nothing better; else the text
 * format, even where the header refuses it, since an answer helps more than a 406.
 */
export function negotiateFormat(accept: string | null): Format {
  const preferences = parsePreferences(accept ?? "");
  const quality = (matches: (preference: Preference) => boolean) =>
    Math.max(0, ...preferences.filter(matches).map(({ quality }) => quality));
  const openmetrics = quality(({ value, parameters }) =>
    value === "application/openmetrics-text" &&
    ["1.0.0", undefined].includes(parameters.get("version"))
  );
  const named = preferences.filter(({ value }) => value === "text/plain");
  const text = named.length > 0
    ? quality(({ value }) => value === "text/plain")
    : quality(({ value }) => value === "text/*" || value === "*/*");
  return openmetrics > 0 && openmetrics >= text ? "openmetrics" : "text";
}

/** Whether `acceptEncoding` lets the answer be compressed with gzip. */
export function acceptsGzip(acceptEncoding: string | null): boolean {
  const preferences = parsePreferences(acceptEncoding ?? "");
  const gzip = preferences.find(({ value }) => value === "gzip" || value === "x-gzip") ??
    preferences.find(({ value }) => value === "*");
  return gzip !== undefined && gzip.quality > 0;
}

function parsePreferences(header: string): Preference[] {
  return header.split(",").filter((entry) => entry.trim() !== "").map((entry) => {
    const [value = "", ...rest] = entry.split(";").map((part) => part.trim().toLowerCase());
    const parameters = new Map(rest.map((parameter) => {
      const [name = "", text = ""] = parameter.split("=", 2);
      return [name.trim(), text.trim().replace(/^"(.*)"$/, "$1")];
    }));
    return { value, parameters, quality: parseQuality(parameters.get("q")) };
  });
}

/** A quality that cannot be read counts as 0: the entry is as good as absent. */
function parseQuality(text: string | undefined): number {
  if (text === undefined) return 1;
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
