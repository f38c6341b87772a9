/**
 * Panels stand within the 24 columns of a dashboard and not on each other.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import type { Dashboard, GridPosition, Panel } from "../model.ts";

const COLUMNS = 24;

/** Finds panels without a place, outside the columns, or on top of another. */
export function checkGrid(dashboard: Dashboard): Finding[] {
  const panels = dashboard.panels ?? [];
  const folded = panels.flatMap(({ panels = [] }) => panels.length > 0 ? [panels] : []);
  return [panels, ...folded].flatMap((group) =>
    checkGroup(`dashboard '${dashboard.title}'`, group)
  );
}

function checkGroup(dashboard: string, panels: readonly Panel[]): Finding[] {
  return panels.flatMap((panel, i) => {
    const where = `${dashboard}, panel '${panel.title}'`;
    const place = panel.gridPos;
    if (place === undefined) return { where, what: "it has no place in the grid" };
    const overlapped = panels.slice(0, i).filter(({ gridPos }) =>
      gridPos && overlap(gridPos, place)
    );
    return [
      ...isInside(place) ? [] : [{
        where,
        what: `it is not within ${COLUMNS} columns: ${show(place)}`,
      }],
      ...overlapped.map(({ title, gridPos }) => ({
        where,
        what: `it overlaps '${title}': ${show(place)} and ${show(gridPos)}`,
      })),
    ];
  });
}

function isInside({ x, y, w, h }: GridPosition): boolean {
  return x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= COLUMNS;
}

function overlap(a: GridPosition, b: GridPosition): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function show(place: GridPosition | undefined): string {
  return place ? `x=${place.x} y=${place.y} w=${place.w} h=${place.h}` : "no place";
}
