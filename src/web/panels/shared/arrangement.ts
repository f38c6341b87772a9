import { oneOf } from "../../model/reading.ts";

/** Columns and rows of equal cells. */
export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of one cell. */
  readonly width: number;
  readonly height: number;
}

/** What is to be arranged. */
export interface ArrangementInput {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** Grafana's option: `horizontal` is one below the other, `vertical` side by side, else what fits. */
  readonly orientation: unknown;
  /** How much wider than high a cell is at its best. */
  readonly aspect: number;
}

const GAP = 8;

/** Cells as large as their aspect allows. */
export function arrange(input: ArrangementInput): Arrangement {
  const { count, orientation } = input;
  const fixed = oneOf(orientation, ["horizontal", "vertical"]);
  if (fixed === "horizontal") return cells(input, 1);
  if (fixed === "vertical") return cells(input, Math.max(1, count));
  let best = cells(input, 1);
  for (let columns = 2; columns <= count; columns++) {
    const tried = cells(input, columns);
    if (sizeOf(tried, input.aspect) > sizeOf(best, input.aspect)) best = tried;
  }
  return best;
}

function cells({ count, width, height }: ArrangementInput, columns: number): Arrangement {
  const rows = Math.max(1, Math.ceil(count / columns));
  return {
    columns,
    rows,
    width: (width - GAP * (columns - 1)) / columns,
    height: (height - GAP * (rows - 1)) / rows,
  };
}

function sizeOf({ width, height }: Arrangement, aspect: number): number {
  return Math.min(width / aspect, height);
}
