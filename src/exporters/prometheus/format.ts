/**
 * The two text formats, and what both write alike.
 *
 * @see {@link https://prometheus.io/docs/instrumenting/exposition_formats/}
 * @see {@link https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md}
 * @module
 */

/** `text` is Prometheus' own format 0.0.4, `openmetrics` is OpenMetrics 1.0. */
export type Format = "text" | "openmetrics";

/** What is answered as Content-Type; Prometheus 3 refuses an answer without. */
export const CONTENT_TYPES = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
} as const satisfies Record<Format, string>;

/** A value: the shortest digits that read back as the same number, every digit of a bigint. */
export function formatValue(value: number | bigint): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  return `${value}`;
}

/** A time for `_created` and exemplars: seconds of Unix time, from milliseconds. */
export function formatTime(milliseconds: number): string {
  return `${milliseconds / 1000}`;
}

/** A help text on one line. OpenMetrics escapes double quotes too. */
export function formatHelp(help: string, format: Format): string {
  const oneLine = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return format === "text" ? oneLine : oneLine.replaceAll('"', '\\"');
}
