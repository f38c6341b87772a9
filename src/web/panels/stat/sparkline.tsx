import type { JSX } from "preact";
import { withAlpha } from "../../format/mod.ts";
import { sparklinePath } from "./sparkline_path.ts";

/** A small line over time without axes: a decoration, as the value beside it says what counts. */
export function Sparkline(
  { times, values, color, width, height }: {
    times: readonly number[];
    values: readonly (number | null)[];
    color: string;
    width: number;
    height: number;
  },
): JSX.Element | null {
  const line = sparklinePath(times, values, width, height);
  if (line === undefined) return null;
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={line.area} fill={withAlpha(color, 0.2)} />
      <path d={line.stroke} fill="none" stroke={color} stroke-width="1.5" />
    </svg>
  );
}
