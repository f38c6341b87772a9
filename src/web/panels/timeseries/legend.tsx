import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Swatch } from "../shared/swatch.tsx";
import { calculationName } from "../shared/calculations.ts";

/** One series in a legend. */
export interface LegendItem {
  readonly name: string;
  readonly color: string;
  readonly hidden: boolean;
  /** By calculation. */
  readonly values: readonly { readonly number: number | null; readonly text: string }[];
}

/** What a legend shows, and what it calls. */
export interface LegendProps {
  readonly items: readonly LegendItem[];
  readonly mode: "list" | "table";
  readonly calculations: readonly string[];
  readonly sortBy: string | undefined;
  readonly sortDescending: boolean;
  /** `add` with Ctrl, Shift or Meta: the others stay as they are. */
  readonly onToggle: (name: string, add: boolean) => void;
  /** The series under the pointer or the focus. */
  readonly onPoint: (name: string | undefined) => void;
}

/** The names of a chart's series, with calculations over their values. */
export function Legend(props: LegendProps): JSX.Element {
  return props.mode === "table" ? <LegendTable {...props} /> : <LegendList {...props} />;
}

function LegendList({ items, calculations, onToggle, onPoint }: LegendProps): JSX.Element {
  return (
    <ul class="legend-list">
      {items.map((item) => (
        <li key={item.name}>
          <LegendButton item={item} onToggle={onToggle} onPoint={onPoint} />
          {item.values.map(({ text }, at) => (
            <span key={at} class="legend-value">
              {calculationName(calculations[at] ?? "")}: {text}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

interface Sorting {
  /** -1 is by name. */
  readonly column: number;
  readonly descending: boolean;
}

function LegendTable(props: LegendProps): JSX.Element {
  const { items, calculations, sortBy, sortDescending, onToggle, onPoint } = props;
  const [sorting, setSorting] = useState<Sorting | undefined>(() => {
    const column = ["Name", ...calculations.map(calculationName)].indexOf(sortBy ?? "") - 1;
    return column < -1 ? undefined : { column, descending: sortDescending };
  });
  return (
    <table class="legend-table">
      <thead>
        <tr>
          {["Name", ...calculations.map(calculationName)].map((name, at) => (
            <th key={name} scope="col" aria-sort={ariaSort(sorting, at - 1)}>
              <button
                type="button"
                onClick={() =>
                  setSorting(nextSorting(sorting, at - 1))}
              >
                {name}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted(items, sorting).map((item) => (
          <tr key={item.name}>
            <td>
              <LegendButton item={item} onToggle={onToggle} onPoint={onPoint} />
            </td>
            {item.values.map(({ text }, at) => <td key={at} class="number">{text}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LegendButton(
  { item, onToggle, onPoint }: Pick<LegendProps, "onToggle" | "onPoint"> & { item: LegendItem },
): JSX.Element {
  const { name, color, hidden } = item;
  return (
    <button
      type="button"
      class="legend-name"
      aria-pressed={!hidden}
      title={name}
      onClick={(event) => onToggle(name, event.ctrlKey || event.shiftKey || event.metaKey)}
      onMouseEnter={() => onPoint(name)}
      onMouseLeave={() => onPoint(undefined)}
    >
      <Swatch color={color} />
      <span>{name}</span>
    </button>
  );
}

function sorted(items: readonly LegendItem[], sorting: Sorting | undefined): readonly LegendItem[] {
  if (sorting === undefined) return items;
  const sign = sorting.descending ? -1 : 1;
  const value = (item: LegendItem) => item.values[sorting.column]?.number ?? -Infinity;
  return items.toSorted((one, other) =>
    sign *
    (sorting.column === -1
      ? one.name.localeCompare(other.name)
      : value(one) === value(other)
      ? 0
      : value(one) - value(other))
  );
}

/** First downwards, then upwards, then as the series come. */
function nextSorting(sorting: Sorting | undefined, column: number): Sorting | undefined {
  if (sorting?.column !== column) return { column, descending: column !== -1 };
  const again = column === -1 ? !sorting.descending : sorting.descending;
  return again ? { column, descending: !sorting.descending } : undefined;
}

function ariaSort(
  sorting: Sorting | undefined,
  column: number,
): "ascending" | "descending" | "none" {
  if (sorting?.column !== column) return "none";
  return sorting.descending ? "descending" : "ascending";
}
