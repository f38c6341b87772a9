/**
 * Which format a page is in, by its Content-Type (RFC 9110, section 8.3), as Prometheus 3 decides.
 *
 * @module
 */
import { ExpositionError, quote } from "./exposition_error.ts";

/** `text` is Prometheus' own format, 0.0.4 or 1.0.0; `openmetrics` is OpenMetrics 1.0 as text. */
export type Format = "text" | "openmetrics";

const MEDIA_TYPE = /^\s*([!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+)\s*(?=;|$)/;
const PARAMETER =
  /\s*;\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:[!#$%&'*+.^_`|~\w-]+|"(?:[^"\\]|\\.)*")\s*(?=;|$)/y;

/**
 * The format of `contentType`, or `fallback` where it is missing, not well-formed or unknown.
 *
 * @throws {ExpositionError} Where there is no fallback then, and for protobuf in any case.
 */
export function formatOf(contentType: string | null, fallback?: Format): Format {
  const mediaType = parseMediaType(contentType ?? "");
  if (mediaType === "text/plain") return "text";
  if (mediaType === "application/openmetrics-text") return "openmetrics";
  if (fallback !== undefined && mediaType !== "application/vnd.google.protobuf") return fallback;
  const found = (contentType ?? "") === "" ? "has none" : `is ${quote(contentType ?? "")}`;
  throw new ExpositionError(
    "Cannot read the metrics page: expected the Content-Type 'text/plain' or " +
      `'application/openmetrics-text', but the page's ${found}`,
  );
}

/** In lower case, without its parameters; undefined where it or they are not well-formed. */
function parseMediaType(contentType: string): string | undefined {
  const match = MEDIA_TYPE.exec(contentType);
  if (match === null) return undefined;
  const names = new Set<string>();
  let at = match[0].length;
  while (!/^\s*;?\s*$/.test(contentType.slice(at))) {
    PARAMETER.lastIndex = at;
    const parameter = PARAMETER.exec(contentType);
    if (parameter === null) return undefined;
    const name = (parameter[1] ?? "").toLowerCase();
    if (names.has(name)) return undefined;
    names.add(name);
    at = PARAMETER.lastIndex;
  }
  return match[1]?.toLowerCase();
}
