/**
 * How a value becomes a text and a colour, by Grafana's field settings: units, decimals, thresholds,
 * mappings, overrides, and times in a zone. No DOM in here.
 *
 * @module
 */
export { formatValue, valueText } from "./value.ts";
export type { FormatOptions, FormattedValue } from "./value.ts";
export { applyOverrides, fieldName } from "./overrides.ts";
export type { FieldIdentity } from "./overrides.ts";
export { fieldRange, thresholdValue } from "./thresholds.ts";
export type { ValueRange } from "./thresholds.ts";
export { regexOf } from "./mappings.ts";
export type { CellValue } from "./mappings.ts";
export { colorOf, mixed, readableOn, textOn, withAlpha } from "./colors.ts";
export type { Theme } from "./colors.ts";
export { along, fieldColor } from "./field_color.ts";
export { formatDuration, formatTime, timeTickTexts } from "./time.ts";
export type { TimeStyle } from "./time.ts";
export { zoneOffset } from "./zone.ts";
