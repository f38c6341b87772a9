import type { NativeHistogram } from "./answers.ts";

/** A sample's value as the API writes it; `+Inf`, `-Inf` and `NaN` among them. */
export function parseValue(text: string): number {
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  return /^\+?Inf$/.test(text) ? Infinity : text === "-Inf" ? -Infinity : NaN;
}

const BOUNDS = ["(]", "[)", "()", "[]"];

/** A native histogram in a line, as Prometheus writes one: `{count:3, sum:1.5, (0.5,1]:3}`. */
export function histogramText({ count, sum, buckets = [] }: NativeHistogram): string {
  const parts = buckets.map(([kind, lower, upper, inside]) => {
    const [open = "(", close = "]"] = BOUNDS[kind] ?? "(]";
    return `${open}${lower},${upper}${close}:${inside}`;
  });
  return `{${[`count:${count}`, `sum:${sum}`, ...parts].join(", ")}}`;
}
