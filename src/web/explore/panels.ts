import type { Panel, PlacedPanel, Scope, Target } from "../model/mod.ts";

/** What is asked for each query: over time, at its end, or both. */
export type Mode = "range" | "instant" | "both";

/** The mode that a URL names. */
export function modeOf(text: string | null): Mode {
  return text === "range" || text === "instant" ? text : "both";
}

/** The name of the query at a place: A, B … Z, AA. */
export function refIdOf(at: number): string {
  const last = String.fromCharCode(65 + at % 26);
  return at < 26 ? last : `${refIdOf(Math.floor(at / 26) - 1)}${last}`;
}

const NO_VARIABLES: Scope = { variables: new Map(), builtins: {} };

/** The panels that show queries: a graph over time and a table of its end. */
export function panelsOf(queries: readonly string[], mode: Mode, step: string): PlacedPanel[] {
  const asked = queries.map((expr, at): Target => ({
    refId: refIdOf(at),
    expr,
    ...(step === "" ? {} : { interval: step }),
  }));
  const graph = placed("timeseries", "Graph", {
    targets: asked.map((target): Target => ({ ...target, exemplar: true })),
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi" } },
  });
  const table = placed("table", "Table", {
    targets: asked.map((target): Target => ({
      ...target,
      instant: true,
      range: false,
      format: "table",
    })),
    transformations: [
      ...(asked.length > 1 ? [{ id: "merge" }] : []),
      // All rows are of one moment, which the table's head tells.
      { id: "organize", options: { excludeByName: { Time: true } } },
    ],
  });
  return mode === "both" ? [graph, table] : [mode === "range" ? graph : table];
}

function placed(
  type: string,
  title: string,
  rest: Pick<Panel, "targets"> & Partial<Panel>,
): PlacedPanel {
  const panel: Panel = {
    id: 0,
    type,
    title,
    gridPos: { x: 0, y: 0, w: 24, h: 12 },
    fieldConfig: { defaults: { custom: { fillOpacity: 8 } }, overrides: [] },
    options: {},
    transformations: [],
    links: [],
    ...rest,
  };
  return { key: title, panel, scope: NO_VARIABLES };
}
