import type { Panel, Row } from "./dashboard.ts";
import { flag, list, number, present, record, text } from "./reading.ts";
import { readPanel } from "./read_panel.ts";

type Source = Readonly<Record<string, unknown>>;

/** The rows of a dashboard: its panels in the order of their places, cut where a row starts. */
export function readRows(source: Source): Row[] {
  const panels = Array.isArray(source["panels"])
    ? list(source["panels"]).map(record)
    : fromOldRows(list(source["rows"]).map(record));
  return withIds(cutIntoRows(inReadingOrder(panels)));
}

function inReadingOrder(panels: readonly Source[]): Source[] {
  const place = (panel: Source) => record(panel["gridPos"]);
  return panels.toSorted((a, b) =>
    (number(place(a)["y"]) ?? 0) - (number(place(b)["y"]) ?? 0) ||
    (number(place(a)["x"]) ?? 0) - (number(place(b)["x"]) ?? 0)
  );
}

function cutIntoRows(panels: readonly Source[]): Row[] {
  const rows: (Omit<Row, "panels"> & { panels: Panel[] })[] = [];
  for (const panel of panels) {
    if (panel["type"] === "row") {
      rows.push({
        id: number(panel["id"]) ?? 0,
        title: text(panel["title"]) ?? "",
        collapsed: flag(panel["collapsed"]) ?? false,
        ...present({ repeat: text(panel["repeat"]) || undefined }),
        panels: inReadingOrder(list(panel["panels"]).map(record)).map(readPanel),
      });
      continue;
    }
    let row = rows.at(-1);
    // A panel below a folded row is not one of it: those are inside.
    if (row === undefined || row.collapsed) {
      row = { id: 0, title: "", collapsed: false, panels: [] };
      rows.push(row);
    }
    row.panels.push(readPanel(panel));
  }
  return rows;
}

/** Before schema version 16: rows with panels that have a width in 12 columns and no place. */
function fromOldRows(rows: readonly Source[]): Source[] {
  const panels: Source[] = [];
  let y = 0;
  for (const row of rows) {
    const inside: Source[] = [];
    const high = Math.max(3, Math.round((pixels(row["height"]) ?? 250) / 38));
    const start = y;
    if (row["showTitle"] === true || row["collapse"] === true) y++;
    let x = 0;
    for (const panel of list(row["panels"]).map(record)) {
      const w = Math.min(24, (number(panel["span"]) ?? 4) * 2);
      if (x + w > 24) {
        x = 0;
        y += high;
      }
      inside.push({ ...panel, gridPos: { x, y, w, h: high } });
      x += w;
    }
    if (inside.length > 0) y += high;
    const head = {
      type: "row",
      title: row["title"],
      repeat: row["repeat"],
      gridPos: { x: 0, y: start, w: 24, h: 1 },
    };
    if (row["collapse"] === true) panels.push({ ...head, collapsed: true, panels: inside });
    else if (row["showTitle"] === true) panels.push(head, ...inside);
    else panels.push(...inside);
  }
  return panels;
}

function pixels(value: unknown): number | undefined {
  return number(typeof value === "string" ? value.replace(/px$/, "") : value);
}

/** Every panel and row with an id of its own: two of the same would share what is in the URL. */
function withIds(rows: readonly Row[]): Row[] {
  const taken = new Set<number>();
  let next = 1 + Math.max(0, ...rows.flatMap((row) => [row.id, ...row.panels.map(({ id }) => id)]));
  const own = (id: number): number => {
    const free = id > 0 && !taken.has(id) ? id : next++;
    taken.add(free);
    return free;
  };
  return rows.map((row) => ({
    ...row,
    id: row.title === "" && row.id === 0 ? 0 : own(row.id),
    panels: row.panels.map((panel) => ({ ...panel, id: own(panel.id) })),
  }));
}
