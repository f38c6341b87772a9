/** SVG paths of a line and of the area below it. */
export interface SparklinePath {
  readonly stroke: string;
  readonly area: string;
}

/** The values as paths in a box; undefined where there are less than two. Gaps are spanned. */
export function sparklinePath(
  times: readonly number[],
  values: readonly (number | null)[],
  width: number,
  height: number,
): SparklinePath | undefined {
  const points = values.flatMap((value, at) =>
    value === null || !Number.isFinite(value) ? [] : [[times[at] ?? 0, value] as const]
  );
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || last[0] === first[0]) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (const [, value] of points) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = 2;
  const scale = high === low ? 0 : (height - 2 * room) / (high - low);
  const x = (time: number) => ((time - first[0]) / (last[0] - first[0])) * width;
  const y = (value: number) => scale === 0 ? height / 2 : height - room - (value - low) * scale;
  const stroke = "M" + points.map(([time, value]) => `${round(x(time))},${round(y(value))}`)
    .join("L");
  return { stroke, area: `${stroke}L${width},${height}L0,${height}Z` };
}

function round(value: number): string {
  return value.toFixed(1);
}
