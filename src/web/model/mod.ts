/**
 * What the page knows of dashboards without a browser: reading Grafana's JSON, variables, repeats, time
 * ranges and links.
 *
 * @module
 */
export type * from "./dashboard.ts";
export {
  ALL,
  AUTO,
  type Format,
  interpolate,
  narrowed,
  referencedNames,
  type Scope,
  type Selection,
  withBuiltins,
} from "./interpolate.ts";
export { readDashboard, ReadError } from "./read_dashboard.ts";
export { type PlacedPanel, type PlacedRow, placeRows } from "./repeat.ts";
export { inOrderOfNeed, optionsWithoutAsking, scopeOf, selectionOf } from "./selection.ts";
export {
  parseDuration,
  type RawRange,
  resolveRange,
  resolveTime,
  shifted,
  zoomedOut,
} from "./time_range.ts";
export { describeRange, formatWall, QUICK_RANGES } from "./time_words.ts";
export { type DashboardSummary, isSafe, type ResolvedLink, resolveLinks } from "./links.ts";
export { describePanelRange } from "./panel_range.ts";
