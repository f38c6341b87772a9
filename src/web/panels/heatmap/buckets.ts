import type { DataSeries, PanelData } from "../../data/series.ts";

/** A row of a heatmap: what lies between two bounds. */
export interface Bucket {
  /** What the row is called: the upper bound as the query names it. */
  readonly name: string;
  /** Minus infinity for the first row of classic buckets. */
  readonly lower: number;
  /** NaN where the series' names are no numbers. */
  readonly upper: number;
  readonly values: readonly (number | null)[];
}

/** Rows of a heatmap from the lowest, and the times of its columns. */
export interface Buckets {
  readonly times: readonly number[];
  readonly rows: readonly Bucket[];
}

/**
 * Series as rows of a heatmap. Classic buckets of a query that was not asked as a heatmap still add up,
 * so the bucket below is taken off each. Series whose names are no numbers stay in their order.
 */
export function readBuckets({ series, queries }: Pick<PanelData, "series" | "queries">): Buckets {
  const first = series[0];
  if (first === undefined) return { times: [], rows: [] };
  const bounded = series.map((one) => ({ one, upper: boundOf(one) }));
  const isNumeric = bounded.every(({ upper }) => !Number.isNaN(upper));
  if (isNumeric) bounded.sort((one, other) => one.upper - other.upper);
  const separate = isNumeric && addsUp(series, queries);
  const rows = bounded.map(({ one, upper }, at): Bucket => {
    const below = bounded[at - 1];
    return {
      name: one.name,
      lower: below?.upper ?? -Infinity,
      upper,
      values: separate && below !== undefined
        ? difference(one.values, below.one.values)
        : one.values,
    };
  });
  return { times: first.times, rows };
}

function addsUp(series: readonly DataSeries[], queries: PanelData["queries"]): boolean {
  const asked = queries.find(({ target }) => target.refId === series[0]?.refId);
  return asked?.target.format !== "heatmap" && series.every(({ labels }) => "le" in labels);
}

function boundOf({ name, labels }: DataSeries): number {
  const bound = labels["le"] ?? name;
  if (/^\+?inf(inity)?$/i.test(bound.trim())) return Infinity;
  return bound.trim() === "" ? NaN : Number(bound);
}

function difference(
  values: readonly (number | null)[],
  below: readonly (number | null)[],
): (number | null)[] {
  return values.map((value, at) => value === null ? null : Math.max(0, value - (below[at] ?? 0)));
}
