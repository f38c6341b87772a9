import { list, record, text } from "../../model/reading.ts";
import type { DataTable, TableColumn } from "../series.ts";

/** Hides columns, renames them and puts them in order, by their names. */
export function organize(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const hidden = record(options["excludeByName"]);
  const order = record(options["indexByName"]);
  const names = record(options["renameByName"]);
  const place = ({ name }: TableColumn) => {
    const at = order[name];
    return typeof at === "number" ? at : Infinity;
  };
  const before = (one: TableColumn, other: TableColumn) => {
    const [a, b] = [place(one), place(other)];
    return a === b ? 0 : a - b;
  };
  return eachTable(tables, (columns) =>
    columns.filter(({ name }) => hidden[name] !== true)
      .toSorted(before)
      .map((column) => ({ ...column, name: text(names[column.name]) || column.name })));
}

/** Keeps the columns that `include` names, without those that `exclude` names. */
export function filterFieldsByName(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const kept = nameTest(record(options["include"]));
  const dropped = nameTest(record(options["exclude"]));
  return eachTable(
    tables,
    (columns) =>
      columns.filter(({ name }) => (kept?.(name) ?? true) && !(dropped?.(name) ?? false)),
  )
    .filter(({ columns }) => columns.length > 0);
}

function nameTest(
  { names, pattern }: Readonly<Record<string, unknown>>,
): ((name: string) => boolean) | undefined {
  const wanted = list(names);
  const expression = regExp(text(pattern) ?? "");
  if (wanted.length === 0 && expression === undefined) return undefined;
  return (name) => wanted.includes(name) || (expression?.test(name) ?? false);
}

/** Keeps what queries named by `include`, `A|B`, gave. */
export function filterByRefId(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const wanted = text(options["include"]);
  if (!wanted) return tables;
  const expression = regExp(`^(?:${wanted})$`);
  return tables.filter(({ columns }) => columns.some(({ refId }) => expression?.test(refId)));
}

/** Renames columns of numbers and text that match `regex` to `renamePattern`. */
export function renameByRegex(
  tables: readonly DataTable[],
  options: Readonly<Record<string, unknown>>,
): readonly DataTable[] {
  const expression = regExp(text(options["regex"]) ?? "");
  const replacement = text(options["renamePattern"]) ?? "";
  if (expression === undefined) return tables;
  return eachTable(
    tables,
    (columns) =>
      columns.map((column) =>
        column.kind === "time"
          ? column
          : { ...column, name: column.name.replace(expression, replacement) }
      ),
  );
}

function eachTable(
  tables: readonly DataTable[],
  change: (columns: readonly TableColumn[]) => TableColumn[],
): DataTable[] {
  return tables.map((table) => ({ ...table, columns: change(table.columns) }));
}

/** Of `/…/flags` or a bare pattern; undefined for one that is none, which matches nothing. */
function regExp(source: string): RegExp | undefined {
  if (source === "") return undefined;
  const [, pattern = source, flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(source) ?? [];
  try {
    return new RegExp(pattern, flags.replace("g", ""));
  } catch {
    return undefined;
  }
}
