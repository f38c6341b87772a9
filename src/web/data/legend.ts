import type { Labels } from "./answers.ts";

/** `up{job="echo"}`, as PromQL would write it. */
export function metricText({ __name__: name = "", ...labels }: Labels): string {
  const parts = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return parts.length === 0 && name !== "" ? name : `${name}{${parts.join(", ")}}`;
}

/** A text with `{{label}}` filled in; a label that is not there is nothing. */
export function fillLabels(text: string, labels: Labels): string {
  return text.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
}

/**
 * What a series is called: by the query's legend format if it has one; otherwise by metric and labels,
 * with `__auto` only those that tell the series of `all` apart; the query itself where nothing is left.
 */
export function seriesName(
  labels: Labels,
  { legendFormat = "", expr, all = [labels] }: {
    readonly legendFormat?: string | undefined;
    readonly expr: string;
    readonly all?: readonly Labels[];
  },
): string {
  if (legendFormat === "__auto") return autoName(labels, all) || expr;
  // A format of nothing but labels that are not there names nothing.
  const filled = fillLabels(legendFormat, labels);
  if (filled.trim() !== "") return filled;
  return Object.keys(labels).length === 0 ? expr : metricText(labels);
}

function autoName(labels: Labels, all: readonly Labels[]): string {
  const names = new Set(all.flatMap((one) => Object.keys(one)));
  const telling = [...names].filter((name) => all.some((one) => one[name] !== labels[name]));
  const [only] = telling;
  if (telling.length === 1 && only !== undefined) return labels[only] ?? "";
  const shown = telling.length === 0 ? [...names] : telling;
  const found = Object.fromEntries(
    shown.flatMap((name) => labels[name] === undefined ? [] : [[name, labels[name]]]),
  );
  return Object.keys(found).length === 0 ? "" : metricText(found);
}
