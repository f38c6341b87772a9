import type { VNode } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import type { PanelData } from "../../data/series.ts";
import { formatWall, type PlacedPanel } from "../../model/mod.ts";
import { tableOf, toCsv } from "../csv.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useFrame } from "./frame_context.ts";
import { copy } from "./panel_actions.ts";

const TABS = ["Data", "Query", "JSON"] as const;

/** What a panel asked and got. */
export function InspectDialog(
  { placed, data, onClose }: {
    placed: PlacedPanel;
    data: PanelData | undefined;
    onClose: () => void;
  },
): VNode {
  const [tab, setTab] = useState<typeof TABS[number]>(data?.error === undefined ? "Data" : "Query");
  const id = useId();
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    if (step === 0 || next === undefined) return;
    setTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <Dialog title={`Inspect: ${placed.panel.title}`} wide onClose={onClose}>
      {data?.error !== undefined && <p class="bad" role="alert">{data.error}</p>}
      {data?.notices.map((notice) => <p key={notice} class="faint">{notice}</p>)}
      <div role="tablist" aria-label="What to inspect" onKeyDown={move}>
        {TABS.map((one) => (
          <button
            key={one}
            id={`${id}-${one}`}
            type="button"
            role="tab"
            aria-selected={one === tab}
            aria-controls={`${id}-panel`}
            tabIndex={one === tab ? 0 : -1}
            onClick={() => setTab(one)}
          >
            {one}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab}`}
        tabIndex={0}
        class="inspected"
      >
        {tab === "Data" && <DataTab title={placed.panel.title} data={data} />}
        {tab === "Query" && <QueryTab data={data} />}
        {tab === "JSON" && <JsonTab placed={placed} />}
      </div>
    </Dialog>
  );
}

/** More rows than these are in the CSV only. */
const MOST_ROWS = 500;

function DataTab({ title, data }: { title: string; data: PanelData | undefined }): VNode {
  const { zone } = useFrame();
  const table = useMemo(() => tableOf(data?.series ?? []), [data]);
  if (table.rows.length === 0) {
    return <p class="faint">No data: the queries found no series in this time range.</p>;
  }
  const rows = table.rows.slice(-MOST_ROWS).reverse();
  return (
    <>
      <p>
        <button type="button" class="primary" onClick={() => download(title, toCsv(table))}>
          Download CSV
        </button>{" "}
        <span class="faint">
          {table.columns.length} series, {table.rows.length} rows
          {table.rows.length > rows.length ? `, the last ${rows.length} shown` : ""}
        </span>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Values">
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              {table.columns.map((name, at) => <th key={at} scope="col">{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ time, values }) => (
              <tr key={time}>
                <td>{formatWall(time, zone)}</td>
                {values.map((value, at) => <td key={at}>{value === null ? "" : String(value)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function QueryTab({ data }: { data: PanelData | undefined }): VNode {
  if (data === undefined || data.queries.length === 0) {
    return <p class="faint">This panel asks nothing.</p>;
  }
  return (
    <>
      {data.queries.map(({ target, expr, step, instant }, at) => (
        <section key={at} class="query">
          <h4>
            {target.refId}{" "}
            <span class="faint">{instant ? "at one moment" : `every ${step} s`}</span>
          </h4>
          <pre tabIndex={0}>{expr}</pre>
          <button type="button" onClick={() => void copy(expr, "The query is copied.")}>
            Copy
          </button>
        </section>
      ))}
    </>
  );
}

function JsonTab({ placed }: { placed: PlacedPanel }): VNode {
  const text = JSON.stringify(placed.panel, null, 2);
  return (
    <>
      <p>
        <button type="button" onClick={() => void copy(text, "The panel's JSON is copied.")}>
          Copy
        </button>
      </p>
      <pre tabIndex={0}>{text}</pre>
    </>
  );
}

function download(title: string, csv: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  link.download = `${title.replace(/[^\w.-]+/g, "_") || "panel"}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
