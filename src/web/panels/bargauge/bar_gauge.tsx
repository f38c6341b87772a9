import type { JSX } from "preact";
import { readableOn, type Theme, valueText, withAlpha } from "../../format/mod.ts";
import { flag, oneOf } from "../../model/reading.ts";
import { bandsOf } from "../gauge/bands.ts";
import type { PanelProps } from "../panel.ts";
import { LOOKS } from "../plot/look.ts";
import { meterAttributes } from "../shared/meter.ts";
import { NoData } from "../shared/no_data.tsx";
import { type ReducedValue, reducedValues } from "../shared/reduced.ts";
import { cellsOf, gradientBackground } from "./fill.ts";

interface BarLook {
  readonly theme: Theme;
  readonly mode: "basic" | "gradient" | "lcd";
  readonly vertical: boolean;
  readonly unfilled: boolean;
  readonly valueMode: "color" | "text" | "hidden";
}

/** Values as bars between a least and a greatest value. */
export function BarGauge(
  { panel, data, width, height, theme, timeZone }: PanelProps,
): JSX.Element {
  const values = reducedValues(panel, data, { theme, timeZone });
  if (values.length === 0) return <NoData data={data} settings={panel.fieldConfig.defaults} />;
  const { options } = panel;
  const orientation = oneOf(options["orientation"], ["horizontal", "vertical"]);
  const look: BarLook = {
    theme,
    mode: oneOf(options["displayMode"], ["basic", "gradient", "lcd"]) ?? "gradient",
    vertical: orientation === undefined ? width > 2 * height : orientation === "vertical",
    unfilled: flag(options["showUnfilled"]) ?? true,
    valueMode: oneOf(options["valueMode"], ["color", "text", "hidden"]) ?? "color",
  };
  return (
    <ul class={`bar-gauges ${look.vertical ? "vertical" : "horizontal"}`}>
      {values.map((value) => (
        <li key={value.key}>
          <Bar value={value} look={look} />
        </li>
      ))}
    </ul>
  );
}

function Bar({ value, look }: { value: ReducedValue; look: BarLook }): JSX.Element {
  const { formatted, name } = value;
  const { ground } = LOOKS[look.theme];
  const color = look.valueMode === "color" ? readableOn(formatted.color, ground) : "inherit";
  return (
    <div class="bar-gauge" {...meterAttributes(value)}>
      <span class="bar-name" title={name}>{name}</span>
      <span class={`bar-track ${look.unfilled ? "" : "bare"}`}>
        {look.mode === "lcd"
          ? <Cells value={value} look={look} />
          : <Fill value={value} look={look} />}
      </span>
      {look.valueMode !== "hidden" && (
        <b class="bar-value" style={{ color }}>{valueText(formatted)}</b>
      )}
    </div>
  );
}

function Fill({ value, look }: { value: ReducedValue; look: BarLook }): JSX.Element {
  const { formatted, field, range } = value;
  const length = `${(formatted.share * 100).toFixed(2)}%`;
  const background = look.mode === "gradient"
    ? gradientBackground(
      bandsOf(field.settings, range, look.theme),
      formatted,
      look.vertical ? "to top" : "to right",
    )
    : withAlpha(formatted.color, 0.55);
  const edge = `2px solid ${formatted.color}`;
  return (
    <i
      class="bar-fill"
      style={look.vertical
        ? { height: length, background, borderTop: edge }
        : { width: length, background, borderRight: edge }}
    />
  );
}

function Cells({ value, look }: { value: ReducedValue; look: BarLook }): JSX.Element {
  const { formatted, field, range } = value;
  return (
    <>
      {cellsOf(bandsOf(field.settings, range, look.theme), formatted).map(({ color, lit }, at) => (
        <i key={at} class="bar-cell" style={{ background: withAlpha(color, lit ? 0.9 : 0.15) }} />
      ))}
    </>
  );
}
