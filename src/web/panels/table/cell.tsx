import type { JSX } from "preact";
import { readableOn, textOn, type Theme, valueText } from "../../format/mod.ts";
import { LOOKS } from "../plot/look.ts";
import { cellOf, type ShownColumn } from "./columns.ts";
import { cellLink } from "./links.ts";

interface CellLook {
  readonly theme: Theme;
  readonly timeZone: string;
}

/** A value, coloured as its column asks. */
export function Cell(
  { columns, column, row, look }: {
    columns: readonly ShownColumn[];
    column: ShownColumn;
    row: number;
    look: CellLook;
  },
): JSX.Element {
  const formatted = cellOf(column, row, look);
  const words = valueText(formatted);
  const link = cellLink(columns, column, row, words);
  return (
    <td class={column.align} style={cellStyle(column, formatted.color, look.theme)}>
      {column.style === "gauge" && typeof column.values[row] === "number" && (
        <span class="cell-gauge">
          <i
            style={{
              width: `${(formatted.share * 100).toFixed(1)}%`,
              background: formatted.color,
            }}
          />
        </span>
      )}
      {link === undefined
        ? words
        : <a href={link.url} title={link.title} rel="noopener">{words}</a>}
    </td>
  );
}

function cellStyle(
  { style }: ShownColumn,
  color: string,
  theme: Theme,
): { color?: string; background?: string } {
  const { ground } = LOOKS[theme];
  switch (style) {
    case "color-text":
      return { color: readableOn(color, ground) };
    case "gauge":
      return { color: readableOn(color, ground) };
    case "color-background":
      if (color.startsWith("rgba(0, 0, 0, 0)")) return {};
      return { background: color, color: textOn(color) };
    case "text":
      return {};
  }
}
