import type { JSX } from "preact";

/** A small piece of a series' colour. */
export function Swatch({ color }: { color: string }): JSX.Element {
  return <i class="swatch" style={{ background: color }} />;
}
