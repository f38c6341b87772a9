import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { number, record } from "../../model/reading.ts";
import type { PanelProps } from "../panel.ts";
import { NoData } from "../shared/no_data.tsx";
import { Cell } from "./cell.tsx";
import { shownColumns, tablesOf } from "./columns.ts";
import { Foot, Head } from "./head_foot.tsx";
import { initialSorting, nextSorting, sortedRows, type Sorting } from "./sorting.ts";

/** More rows than this are drawn when somebody asks for them. */
const PAGE = 200;

/** Rows and columns. */
export function Table({ panel, data, theme, timeZone }: PanelProps): JSX.Element {
  const { options } = panel;
  const tables = useMemo(() => tablesOf(data), [data]);
  const [chosen, setChosen] = useState(number(options["frameIndex"]) ?? 0);
  const [sorting, setSorting] = useState<Sorting | undefined>(() => initialSorting(options));
  const [rowsShown, setRowsShown] = useState(PAGE);
  const table = tables[Math.min(chosen, tables.length - 1)];
  const columns = useMemo(
    () => table === undefined ? [] : shownColumns(panel, table),
    [panel, table],
  );
  const count = Math.max(0, ...columns.map(({ values }) => values.length));
  const rows = useMemo(() => sortedRows(columns, count, sorting), [columns, count, sorting]);
  if (count === 0) return <NoData data={data} settings={panel.fieldConfig.defaults} />;
  const look = { theme, timeZone };
  return (
    <div class="table-panel" role="group" aria-label={`Table ${panel.title}`} tabIndex={0}>
      <table>
        {options["showHeader"] !== false && (
          <Head
            columns={columns}
            sorting={sorting}
            onSort={(name) => setSorting(nextSorting(sorting, name))}
          />
        )}
        <tbody>
          {rows.slice(0, rowsShown).map((row) => (
            <tr key={row}>
              {columns.map((column, at) => (
                <Cell key={at} columns={columns} column={column} row={row} look={look} />
              ))}
            </tr>
          ))}
        </tbody>
        <Foot columns={columns} options={record(options["footer"])} />
      </table>
      {rows.length > rowsShown && (
        <button
          type="button"
          onClick={() => setRowsShown(rowsShown + PAGE)}
        >
          {rows.length - rowsShown} more rows
        </button>
      )}
      {tables.length > 1 && (
        <select
          aria-label="Table"
          value={chosen}
          onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
        >
          {tables.map(({ name }, at) => (
            <option key={at} value={at}>{name || `Table ${at + 1}`}</option>
          ))}
        </select>
      )}
    </div>
  );
}
