import type { VNode } from "preact";
import type { PlacedPanel, PlacedRow } from "../../model/mod.ts";
import { changeParameters } from "../place.ts";
import { Icon } from "../ui/icon.tsx";
import { PanelFrame } from "./panel_frame.tsx";

/** Rows of panels. `flipped` are the rows that are folded though the file has them open, or the reverse. */
export function Rows(
  { rows, flipped, inspected }: {
    rows: readonly PlacedRow[];
    flipped: ReadonlySet<string>;
    inspected: string | null;
  },
): VNode {
  return (
    <>
      {rows.map((row) => (
        <RowView
          key={row.key}
          row={row}
          open={row.title === "" || row.collapsed === flipped.has(row.key)}
          onToggle={() => changeParameters(flippedRows(toggled(flipped, row.key)), REPLACE)}
          inspected={inspected}
        />
      ))}
    </>
  );
}

const REPLACE = { replace: true };

/** The change of the URL that folds and opens rows. */
export function flippedRows(flipped: ReadonlySet<string>): Record<string, string | undefined> {
  return { rows: flipped.size === 0 ? undefined : [...flipped].join(",") };
}

function toggled(set: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

function RowView(
  { row, open, onToggle, inspected }: {
    row: PlacedRow;
    open: boolean;
    onToggle: () => void;
    inspected: string | null;
  },
): VNode {
  return (
    <div class="row">
      {row.title === "" ? <h2 class="unseen">Panels</h2> : (
        <h2>
          <button type="button" aria-expanded={open} aria-label={row.title} onClick={onToggle}>
            <Icon name="down" />
            {row.title}
            {!open && (
              <span class="faint">
                {row.panels.length} {row.panels.length === 1 ? "panel" : "panels"}
              </span>
            )}
          </button>
        </h2>
      )}
      {open && <Grid panels={row.panels} inspected={inspected} />}
    </div>
  );
}

/** Panels in Grafana's 24 columns; one below the other where the window is narrow. */
export function Grid(
  { panels, inspected }: { panels: readonly PlacedPanel[]; inspected: string | null },
): VNode {
  return (
    <div class="grid">
      {panels.map((placed) => (
        <div key={placed.key} class="cell" style={placeOf(placed)}>
          <PanelFrame placed={placed} inspected={inspected === placed.key} />
        </div>
      ))}
    </div>
  );
}

function placeOf({ panel: { gridPos: { x, y, w, h } } }: PlacedPanel): Record<string, number> {
  return { "--x": x + 1, "--y": y + 1, "--w": w, "--h": h };
}
