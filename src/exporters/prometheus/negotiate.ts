/**
 * Which format a scraper gets.
 *
 * @module
 */
import { parsePreferences, type Preference } from "../../net/preferences.ts";
import type { Format } from "./format.ts";

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
