import type { PanelData } from "../../data/series.ts";
import { type CellValue, formatValue, type Theme, valueText } from "../../format/mod.ts";
import type { Panel } from "../../model/dashboard.ts";
import { number, oneOf } from "../../model/reading.ts";
import type { PlotModel } from "../plot/kind.ts";
import { type Field, fieldsOf } from "../shared/fields.ts";
import { type Span, spansOf } from "./spans.ts";

/** A span as it is drawn. */
export interface DrawnSpan extends Span {
  readonly text: string;
  readonly color: string;
}

/** One series as a row. */
export interface TimelineRow {
  readonly name: string;
  readonly spans: readonly DrawnSpan[];
}

/** All that a timeline draws at one moment. */
export interface TimelineModel extends PlotModel {
  readonly times: readonly number[];
  readonly rows: readonly TimelineRow[];
  /** Share of its place that a row takes. */
  readonly rowHeight: number;
  readonly showValue: "auto" | "always" | "never";
  readonly fillOpacity: number;
  /** Pixels between two values of a status history. */
  readonly gap: number;
}

/** Brings series to rows of spans: merged in a state timeline, one for each value in a status history. */
export function timelineModel(
  { panel, data, theme, timeZone }: {
    panel: Panel;
    data: PanelData;
    theme: Theme;
    timeZone: string;
  },
): TimelineModel {
  const { options } = panel;
  const isHistory = panel.type === "status-history";
  const fields = fieldsOf(panel, data.series);
  const step = stepOf(data, fields);
  const merge = !isHistory && options["mergeValues"] !== false;
  const custom = fields[0]?.custom ?? {};
  return {
    structure: JSON.stringify([timeZone, fields.map(({ name }) => name)]),
    range: data.range,
    theme,
    timeZone,
    annotations: data.annotations,
    times: fields[0]?.series.times ?? [],
    rows: fields.map((field) => rowOf(field, theme, step, merge)),
    rowHeight: number(options["rowHeight"]) ?? 0.9,
    showValue: oneOf(options["showValue"], ["auto", "always", "never"]) ?? "auto",
    fillOpacity: (number(custom["fillOpacity"]) ?? 70) / 100,
    gap: isHistory ? 2 : 0,
  };
}

function rowOf(field: Field, theme: Theme, step: number, merge: boolean): TimelineRow {
  const { series, settings, index, name } = field;
  const formats = new Map<CellValue, { text: string; color: string }>();
  const format = (value: CellValue) => {
    let known = formats.get(value);
    if (known === undefined) {
      const formatted = formatValue(value, settings, { theme, index });
      known = { text: valueText(formatted), color: formatted.color };
      formats.set(value, known);
    }
    return known;
  };
  const stateOf = (value: CellValue) => format(value).text;
  const spans = spansOf(series.times, series.values, { step, merge, stateOf });
  return { name, spans: spans.map((span) => ({ ...span, ...format(span.value) })) };
}

function stepOf({ queries, range }: PanelData, fields: readonly Field[]): number {
  const [asked] = queries;
  if (asked !== undefined && asked.step > 0) return asked.step * 1000;
  const [first = range.from, second = range.to] = fields[0]?.series.times ?? [];
  return second - first;
}
