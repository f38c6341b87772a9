import type { FieldConfig } from "../model/dashboard.ts";
import { colorOf, type Theme } from "./colors.ts";
import { fieldColor } from "./field_color.ts";
import { type CellValue, mappingOf } from "./mappings.ts";
import { fieldRange, type ValueRange } from "./thresholds.ts";
import type { UnitText } from "./unit.ts";
import { unitText } from "./units.ts";

/** What a value's text and colour depend on beside the field. */
export interface FormatOptions {
  /** "dark" where nothing is said. */
  readonly theme?: Theme;
  /** For units that write dates: "browser", "utc" or a zone's name. */
  readonly timeZone?: string | undefined;
  /** Ends of the data, for fields without `min` and `max`. */
  readonly range?: ValueRange | undefined;
  /** Which series of the panel it is, for palettes. */
  readonly index?: number | undefined;
  readonly mode?: "thresholds" | "palette-classic" | undefined;
  /** For fields without `decimals`, where neighbours should show as many: an axis' ticks. */
  readonly decimals?: number | undefined;
}

/** A value, ready to be shown; {@linkcode valueText} puts the three texts together. */
export interface FormattedValue extends UnitText {
  /** CSS, by the field's colour mode or by a mapping. */
  readonly color: string;
  /** How far the value is from the field's least to its greatest: 0 to 1; 0 for what is no number. */
  readonly share: number;
}

/** A value by its field's settings: mappings first, then unit and decimals; `noValue` for nothing. */
export function formatValue(
  value: CellValue,
  field: FieldConfig,
  options: FormatOptions = {},
): FormattedValue {
  const theme = options.theme ?? "dark";
  const number = typeof value === "number" ? value : NaN;
  const mapped = mappingOf(value, field.mappings);
  const color = mapped?.color === undefined
    ? fieldColor(field, { theme, value: number, ...picked(options) })
    : colorOf(mapped.color, theme);
  const { min, max } = fieldRange(field, options.range);
  const share = Number.isNaN(number) ? 0 : Math.min(1, Math.max(0, (number - min) / (max - min)));
  return { ...textOf(value, mapped?.text, field, options), color, share };
}

/** The whole text: `$1.5K`, `1.02 req/s`. */
export function valueText({ prefix = "", text, suffix = "" }: UnitText): string {
  return prefix + text + suffix;
}

function textOf(
  value: CellValue,
  mapped: string | undefined,
  field: FieldConfig,
  options: FormatOptions,
): UnitText {
  if (mapped !== undefined && mapped !== "") return { text: mapped };
  if (value === null || value === undefined || value === "") return { text: field.noValue ?? "-" };
  if (typeof value === "string") return { text: value };
  return unitText(field.unit)(value, field.decimals ?? options.decimals, options.timeZone);
}

function picked(
  { index, range, mode }: FormatOptions,
): Pick<FormatOptions, "index" | "range" | "mode"> {
  return { index, range, mode };
}
