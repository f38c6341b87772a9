import type { JSX } from "preact";
import { formatValue, valueText } from "../../format/mod.ts";
import { list, text } from "../../model/reading.ts";
import { calculate, calculationName } from "../shared/calculations.ts";
import type { ShownColumn } from "./columns.ts";
import type { Sorting } from "./sorting.ts";

/** Names of the columns, which sort by them. */
export function Head(
  { columns, sorting, onSort }: {
    columns: readonly ShownColumn[];
    sorting: Sorting | undefined;
    onSort: (name: string) => void;
  },
): JSX.Element {
  return (
    <thead>
      <tr>
        {columns.map(({ name, align, width }, at) => {
          const own = sorting?.column === name ? sorting : undefined;
          return (
            <th
              key={at}
              scope="col"
              class={align}
              style={width === undefined ? {} : { width: `${width}px` }}
              aria-sort={own === undefined ? "none" : own.descending ? "descending" : "ascending"}
            >
              <button type="button" onClick={() => onSort(name)}>{name || "Value"}</button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Calculations over columns of numbers. */
export function Foot(
  { columns, options }: {
    columns: readonly ShownColumn[];
    options: Readonly<Record<string, unknown>>;
  },
): JSX.Element | null {
  if (options["show"] !== true) return null;
  const calculation = text(list(options["reducer"])[0]) ?? "sum";
  const wanted = list(options["fields"]).flatMap((one) => text(one) ?? []);
  return (
    <tfoot>
      <tr>
        {columns.map(({ name, kind, values, settings, align }, at) => {
          const shown = kind === "number" && (wanted.length === 0 || wanted.includes(name));
          const numbers = values.map((value) => typeof value === "number" ? value : null);
          return (
            <td key={at} class={align}>
              {shown
                ? valueText(formatValue(calculate(numbers, calculation), settings))
                : at === 0
                ? calculationName(calculation)
                : ""}
            </td>
          );
        })}
      </tr>
    </tfoot>
  );
}
