/**
 * Backslash escapes. What follows a backslash without a meaning stays, the backslash too.
 *
 * @module
 */

/** A label's value or a quoted name; in OpenMetrics a help text too: `\\`, `\"` and `\n`. */
export function unescapeQuoted(raw: string): string {
  return raw.includes("\\") ? raw.replace(/\\([\\"n])/g, replacement) : raw;
}

/** A help text of the text format: `\\` and `\n`. */
export function unescapeHelp(raw: string): string {
  return raw.includes("\\") ? raw.replace(/\\([\\n])/g, replacement) : raw;
}

function replacement(_: string, escaped: string): string {
  return escaped === "n" ? "\n" : escaped;
}
