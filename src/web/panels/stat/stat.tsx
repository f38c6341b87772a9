import type { JSX } from "preact";
import { mixed, readableOn, textOn, type Theme } from "../../format/mod.ts";
import { flag, number, oneOf, record } from "../../model/reading.ts";
import type { PanelProps } from "../panel.ts";
import { LOOKS } from "../plot/look.ts";
import { arrange } from "../shared/arrangement.ts";
import { gridStyle } from "../shared/grid_style.ts";
import { NoData } from "../shared/no_data.tsx";
import { type ReducedValue, reducedValues } from "../shared/reduced.ts";
import { fittingSize, relativeWidth } from "../shared/text_size.ts";
import { Sparkline } from "./sparkline.tsx";

/** Of the unit beside the number, as the style sheet has it. */
const UNIT_SIZE = 0.6;

/** Pixels up to which a value grows in any panel, so that neighbours look alike: short ones are no larger. */
const LEAST_CAP = 32;

type Source = Readonly<Record<string, unknown>>;

interface StatLook {
  readonly theme: Theme;
  readonly colorMode: "none" | "value" | "background" | "background_solid";
  readonly hasGraph: boolean;
  readonly showsValue: boolean;
  readonly showsName: boolean;
  readonly valueSize: number | undefined;
  readonly titleSize: number | undefined;
  readonly change: boolean;
}

/** Large values, each with a small line behind it. */
export function Stat(
  { panel, data, width, height, theme, timeZone }: PanelProps,
): JSX.Element {
  const values = reducedValues(panel, data, { theme, timeZone });
  if (values.length === 0) return <NoData data={data} settings={panel.fieldConfig.defaults} />;
  const look = readLook(panel.options, values.length, theme);
  const { orientation } = panel.options;
  const cells = arrange({ count: values.length, width, height, orientation, aspect: 2 });
  return (
    <ul class="stats" style={gridStyle(cells)}>
      {values.map((value) => (
        <li key={value.key}>
          <StatValue value={value} look={look} width={cells.width} height={cells.height} />
        </li>
      ))}
    </ul>
  );
}

function StatValue(
  { value, look, width, height }: {
    value: ReducedValue;
    look: StatLook;
    width: number;
    height: number;
  },
): JSX.Element {
  const { formatted, field, name } = value;
  const { prefix = "", text, suffix = "" } = formatted;
  const colors = colorsOf(formatted.color, look);
  const graph = look.hasGraph && height >= 50 && field.series.values.length > 1;
  const room = (look.showsName ? 0.42 : 0.56) - (graph ? 0.14 : 0);
  const size = look.valueSize ??
    fittingSize(
      relativeWidth(prefix + text) + UNIT_SIZE * relativeWidth(suffix),
      width - 20,
      height * room,
      Math.max(LEAST_CAP, width * 0.2),
    );
  const share = Math.round(height * (graph ? 0.42 : 0));
  return (
    <div class="stat" style={{ background: colors.ground, color: colors.text }}>
      {graph && (
        <Sparkline
          times={field.series.times}
          values={field.series.values}
          color={colors.line}
          width={Math.round(width)}
          height={share}
        />
      )}
      {look.showsName && (
        <span class="stat-name" style={{ fontSize: `${look.titleSize ?? nameSize(size)}px` }}>
          {name}
        </span>
      )}
      {look.showsValue && (
        <span class="stat-value" style={{ fontSize: `${size}px` }}>
          {prefix}
          {text}
          {suffix !== "" && <span class="stat-unit">{suffix}</span>}
        </span>
      )}
      {look.change && <Change value={value} />}
    </div>
  );
}

/** How far the last value is from the first. */
function Change({ value }: { value: ReducedValue }): JSX.Element | null {
  const present = value.field.series.values.filter((one) => one !== null);
  const [first] = present;
  const last = present.at(-1);
  if (first === undefined || last === undefined || first === 0) return null;
  const percent = (last - first) / Math.abs(first) * 100;
  return <span class="stat-change">{percent >= 0 ? "↑" : "↓"} {Math.abs(percent).toFixed(1)}%
  </span>;
}

function readLook(options: Source, count: number, theme: Theme): StatLook {
  const mode = oneOf(options["textMode"], ["value", "value_and_name", "name", "none"]);
  const sizes = record(options["text"]);
  return {
    theme,
    colorMode: oneOf(options["colorMode"], ["none", "value", "background", "background_solid"]) ??
      "value",
    hasGraph: (oneOf(options["graphMode"], ["none", "area"]) ?? "area") === "area",
    showsValue: mode !== "name" && mode !== "none",
    showsName: mode === "name" || mode === "value_and_name" || (mode === undefined && count > 1),
    valueSize: number(sizes["valueSize"]),
    titleSize: number(sizes["titleSize"]),
    change: flag(options["showPercentChange"]) ?? false,
  };
}

function colorsOf(
  color: string,
  { colorMode, theme }: StatLook,
): { ground: string; text: string; line: string } {
  const { ground, text } = LOOKS[theme];
  switch (colorMode) {
    case "none":
      return { ground: "transparent", text: "inherit", line: text };
    case "value":
      return { ground: "transparent", text: readableOn(color, ground), line: color };
    case "background":
    case "background_solid": {
      const tint = colorMode === "background" ? mixed(color, "#000000", 0.15) : color;
      return { ground: tint, text: textOn(tint), line: textOn(tint) };
    }
  }
}

function nameSize(valueSize: number): number {
  return Math.max(11, Math.min(20, Math.round(valueSize * 0.4)));
}
