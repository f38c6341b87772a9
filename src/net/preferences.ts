/**
 * What a client of HTTP takes, by its headers (RFC 9110, sections 12.4.2, 12.5.1 and 12.5.3).
 *
 * @module
 */

/** One entry of an Accept header. */
export interface Preference {
  /** In lower case: `text/plain`, `text/*`, `gzip`. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0 (not acceptable) to 1. */
  readonly quality: number;
}

/** Whether `acceptEncoding` lets the answer be compressed with gzip. */
export function acceptsGzip(acceptEncoding: string | null): boolean {
  const preferences = parsePreferences(acceptEncoding ?? "");
  const gzip = preferences.find(({ value }) => value === "gzip" || value === "x-gzip") ??
    preferences.find(({ value }) => value === "*");
  return gzip !== undefined && gzip.quality > 0;
}

/** The entries of a header, in their order. */
export function parsePreferences(header: string): Preference[] {
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
