import type { GridPosition, Panel, Row } from "./dashboard.ts";
import { interpolate, narrowed, type Scope } from "./interpolate.ts";

/** A panel in its place, perhaps one of several that a variable made. */
export interface PlacedPanel {
  /** The panel's id; of the second and later copies `ID-clone-N`. What `viewPanel` in the URL says. */
  readonly key: string;
  /** Its `gridPos` counts from the top of the row; its title and description have variables filled in. */
  readonly panel: Panel;
  /** The dashboard's, with the repeated variable narrowed to one value. */
  readonly scope: Scope;
}

/** A row with its panels, perhaps one of several that a variable made. */
export interface PlacedRow {
  readonly key: string;
  readonly title: string;
  /** Whether the file has it folded. */
  readonly collapsed: boolean;
  readonly panels: readonly PlacedPanel[];
}

/** The rows as they stand on the page: repeated rows and panels multiplied, titles filled in. */
export function placeRows(rows: readonly Row[], scope: Scope): PlacedRow[] {
  return rows.flatMap((row) =>
    copies(row.repeat, scope).map((own, at) => ({
      key: cloneKey(String(row.id), at),
      title: interpolate(row.title, own, "text"),
      collapsed: row.collapsed,
      panels: placePanels(row.panels, own, at),
    }))
  );
}

function placePanels(panels: readonly Panel[], scope: Scope, rowCopy: number): PlacedPanel[] {
  const top = Math.min(...panels.map(({ gridPos }) => gridPos.y));
  const placed: PlacedPanel[] = [];
  let pushed = 0;
  for (const panel of panels) {
    const start: GridPosition = { ...panel.gridPos, y: panel.gridPos.y - top + pushed };
    const scopes = copies(panel.repeat, scope);
    const places = panel.repeat === undefined
      ? [start]
      : repeatedPlaces(panel, start, scopes.length);
    scopes.forEach((own, at) => {
      const gridPos = places[at] ?? start;
      placed.push({
        key: rowCopy > 0
          ? cloneKey(`${panel.id}-row-${rowCopy}`, at)
          : cloneKey(String(panel.id), at),
        panel: filledIn({ ...panel, gridPos }, own),
        scope: own,
      });
    });
    const last = places.at(-1);
    if (last !== undefined) pushed += last.y - start.y;
  }
  return placed;
}

/** One scope for each value of the variable, or the scope itself when nothing is repeated. */
function copies(variable: string | undefined, scope: Scope): Scope[] {
  const choices = variable === undefined ? undefined : scope.variables.get(variable)?.choices;
  if (variable === undefined || choices === undefined || choices.length === 0) return [scope];
  return choices.map((choice) => narrowed(scope, variable, choice));
}

/** Grafana's places: side by side over the whole width, at most `maxPerRow` (4), or one below the other. */
function repeatedPlaces(panel: Panel, start: GridPosition, count: number): GridPosition[] {
  if (panel.repeatDirection === "v") {
    return Array.from({ length: count }, (_, at) => ({ ...start, y: start.y + at * start.h }));
  }
  const perRow = Math.min(count, panel.maxPerRow ?? 4, 24);
  const w = Math.floor(24 / perRow);
  return Array.from({ length: count }, (_, at) => ({
    x: (at % perRow) * w,
    y: start.y + Math.floor(at / perRow) * start.h,
    w,
    h: start.h,
  }));
}

function cloneKey(key: string, at: number): string {
  return at === 0 ? key : `${key}-clone-${at}`;
}

function filledIn(panel: Panel, scope: Scope): Panel {
  return {
    ...panel,
    title: interpolate(panel.title, scope, "text"),
    ...(panel.description === undefined
      ? {}
      : { description: interpolate(panel.description, scope, "text") }),
  };
}
