import { list, text } from "../../model/reading.ts";
import { calculate, calculationName } from "../../panels/shared/calculations.ts";
import type { DataTable, TableColumn } from "../series.ts";

/**
 * Columns of numbers to a number for each calculation of `reducers`: rows named by the column
 * (`seriesToRows`, the default), or the same columns with a single row (`reduceFields`).
 */
export function reduceTables(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const named = list(options["reducers"]).flatMap((one) => text(one) ?? []);
  const reducers = named.length === 0 ? ["max"] : named;
  const columns = tables.flatMap((table) => table.columns).filter(({ kind }) => kind === "number");
  if (options["mode"] === "reduceFields") {
    const reduced = columns.flatMap((column) =>
      reducers.map((reducer): TableColumn => ({
        ...column,
        name: reducers.length > 1 ? `${column.name} ${calculationName(reducer)}` : column.name,
        values: [calculate(numbers(column), reducer)],
      }))
    );
    return [{ name: "", columns: reduced }];
  }
  return [{
    name: "",
    columns: [
      { ...PLAIN, name: "Field", kind: "string", values: columns.map(({ name }) => name) },
      ...reducers.map((reducer): TableColumn => ({
        ...PLAIN,
        name: calculationName(reducer),
        kind: "number",
        values: columns.map((column) => calculate(numbers(column), reducer)),
      })),
    ],
  }];
}

const PLAIN = { refId: "", labels: {} } as const;

function numbers({ values }: TableColumn): (number | null)[] {
  return values.map((value) => typeof value === "number" ? value : null);
}
