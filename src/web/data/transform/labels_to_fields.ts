import { list } from "../../model/reading.ts";
import type { DataTable, TableColumn } from "../series.ts";
import { merge } from "./merge.ts";

/**
 * Labels become columns, each with its one value in all rows, or with `mode` `rows` a table of labels
 * and values. `keepLabels` takes only some, `valueLabel` names the column of numbers by a label.
 */
export function labelsToFields(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const kept = list(options["keepLabels"]);
  const wanted = (label: string) => kept.length === 0 || kept.includes(label);
  const valueLabel = options["valueLabel"];
  const changed = tables.flatMap((table) =>
    options["mode"] === "rows" ? labelRows(table, wanted) : [
      labelColumns(table, wanted, typeof valueLabel === "string" ? valueLabel : undefined),
    ]
  );
  return options["mode"] === "rows" ? changed : merge(changed);
}

function labelColumns(
  table: DataTable,
  wanted: (label: string) => boolean,
  valueLabel: string | undefined,
): DataTable {
  const columns = table.columns.flatMap((column): TableColumn[] => {
    const labels = Object.entries(column.labels);
    if (labels.length === 0) return [column];
    const shown = labels.filter(([label]) => wanted(label) && label !== valueLabel);
    const name = valueLabel === undefined ? undefined : column.labels[valueLabel];
    return [
      ...shown.map(([name, value]): TableColumn => ({
        name,
        kind: "string",
        refId: column.refId,
        labels: {},
        values: column.values.map(() => value),
      })),
      { ...column, name: name ?? "Value", labels: {} },
    ];
  });
  return { ...table, columns };
}

function labelRows(table: DataTable, wanted: (label: string) => boolean): DataTable[] {
  return table.columns.filter(({ labels }) => Object.keys(labels).length > 0).map((column) => {
    const labels = Object.entries(column.labels).filter(([label]) => wanted(label));
    const make = (name: string, values: readonly string[]): TableColumn => ({
      name,
      kind: "string",
      refId: column.refId,
      labels: {},
      values,
    });
    return {
      name: column.name,
      columns: [
        make("label", labels.map(([label]) => label)),
        make("value", labels.map(([, value]) => value)),
      ],
    };
  });
}
