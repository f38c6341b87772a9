import type { Point } from "./align.ts";

/** What a line does where values are missing: breaks, goes on, or goes on over at most so many ms. */
export type SpanNulls = boolean | number;

/**
 * A row as it is drawn: NaN and infinities become gaps, and gaps that are to be spanned become nothing.
 * A gap at either end is never spanned.
 */
export function drawable(
  row: readonly Point[],
  times: readonly number[],
  spanNulls: SpanNulls,
): Point[] {
  const drawn = row.map((value) =>
    value === undefined || value === null || Number.isFinite(value) ? value : null
  );
  if (spanNulls === false) return drawn;
  const longest = spanNulls === true ? Infinity : spanNulls;
  let last = -1;
  for (let at = 0; at < drawn.length; at++) {
    if (typeof drawn[at] !== "number") continue;
    const span = (times[at] ?? 0) - (times[last] ?? 0);
    if (last >= 0 && span <= longest) drawn.fill(undefined, last + 1, at);
    last = at;
  }
  return drawn;
}
