import {
  type Dashboard,
  type Panel,
  type PlacedPanel,
  scopeOf,
  withBuiltins,
} from "../../model/mod.ts";

/** Panels of the home view are so high, in rows of the grid. */
const HEIGHT = 5;

/** The columns of the grid. */
const COLUMNS = 24;

/** A dashboard by the name in its URL. */
export interface NamedDashboard {
  readonly name: string;
  readonly dashboard: Dashboard;
}

/**
 * What tells at a glance whether the service is well: the single values at the top of the dashboard `echo`
 * and the gauges of `slo`, side by side. The key of each is `NAME-ID`.
 */
export function glanceOf(dashboards: readonly NamedDashboard[]): PlacedPanel[] {
  const chosen = dashboards.flatMap(({ name, dashboard }) => {
    const scope = withBuiltins(scopeOf(dashboard.variables, new Map(), new Map()), {
      __dashboard: dashboard.title,
    });
    return choose(name, dashboard).map((panel) => ({ key: `${name}-${panel.id}`, panel, scope }));
  });
  const w = Math.floor(COLUMNS / Math.max(1, Math.min(6, chosen.length)));
  const perRow = Math.floor(COLUMNS / w);
  return chosen.map((placed, at) => ({
    ...placed,
    panel: {
      ...placed.panel,
      gridPos: { x: at % perRow * w, y: Math.floor(at / perRow) * HEIGHT, w, h: HEIGHT },
    },
  }));
}

function choose(name: string, { rows }: Dashboard): Panel[] {
  switch (name) {
    case "echo":
      return (rows.find(({ panels }) => panels.length > 0)?.panels ?? [])
        .filter(({ type }) => type === "stat");
    case "slo":
      return rows.flatMap(({ panels }) => panels).filter(({ type }) => type === "gauge")
        // Where a title is cut short, what it is about must be left.
        .map((panel) => ({ ...panel, title: panel.title.replace(/^(.+): (.+)$/, "$2: $1") }));
    default:
      return [];
  }
}

/** The dashboard and the panel of a key. */
export function placeOfKey(key: string): { readonly name: string; readonly id: string } {
  const at = key.lastIndexOf("-");
  return { name: key.slice(0, at), id: key.slice(at + 1) };
}
