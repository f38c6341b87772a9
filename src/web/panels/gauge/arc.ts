/** An arc of a gauge: angles in degrees clockwise from the top. */
export const START = -120;
/** Where a gauge is full. */
export const END = 120;

/** The SVG path of an arc from one share (0 to 1) of the gauge to another, as a line on a radius. */
export function arcPath(
  center: { readonly x: number; readonly y: number },
  radius: number,
  from: number,
  to: number,
): string {
  const start = pointAt(center, radius, from);
  const end = pointAt(center, radius, to);
  const large = (to - from) * (END - START) > 180 ? 1 : 0;
  return `M${start}A${radius.toFixed(1)},${radius.toFixed(1)} 0 ${large} 1 ${end}`;
}

function pointAt({ x, y }: { x: number; y: number }, radius: number, share: number): string {
  const angle = (START + (END - START) * share) * Math.PI / 180;
  return `${(x + radius * Math.sin(angle)).toFixed(1)},${
    (y - radius * Math.cos(angle)).toFixed(1)
  }`;
}
