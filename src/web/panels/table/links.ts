import { isSafeUrl } from "../text/markdown.ts";
import type { ShownColumn } from "./columns.ts";

/**
 * Where a cell leads: the column's first link with `${__value.raw}`, `${__value.text}` and
 * `${__data.fields.NAME}` filled in; undefined where there is none, or where it would run a script.
 */
export function cellLink(
  columns: readonly ShownColumn[],
  column: ShownColumn,
  row: number,
  text: string,
): { readonly title: string; readonly url: string } | undefined {
  const link = column.settings.links?.[0];
  if (link === undefined) return undefined;
  const url = link.url.replace(/\$\{__(value|data|field)\.([^}]*)\}/g, (whole, of, path) => {
    if (of === "value") return encodeURIComponent(path === "text" ? text : raw(column, row));
    if (of === "field") return encodeURIComponent(path === "name" ? column.name : whole);
    const name = /^fields(?:\.(.+)|\["(.+)"\])$/.exec(path);
    const field = columns.find((one) => one.name === (name?.[1] ?? name?.[2]));
    return field === undefined ? whole : encodeURIComponent(raw(field, row));
  });
  return isSafeUrl(url) ? { title: link.title, url } : undefined;
}

function raw(column: ShownColumn, row: number): string {
  return String(column.values[row] ?? "");
}
