import type { JSX } from "preact";
import { fieldRange, formatValue, readableOn, type Theme, valueText } from "../../format/mod.ts";
import { flag, number, record } from "../../model/reading.ts";
import type { PanelProps } from "../panel.ts";
import { LOOKS } from "../plot/look.ts";
import { arrange } from "../shared/arrangement.ts";
import { gridStyle } from "../shared/grid_style.ts";
import { meterAttributes } from "../shared/meter.ts";
import { NoData } from "../shared/no_data.tsx";
import { type ReducedValue, reducedValues } from "../shared/reduced.ts";
import { fittingSize, relativeWidth } from "../shared/text_size.ts";
import { arcPath } from "./arc.ts";
import { bandsOf } from "./bands.ts";

/** How much of its radius the hole of the ring leaves to a line of text. */
const HOLE = 1.5;

interface GaugeLook {
  readonly theme: Theme;
  readonly markers: boolean;
  readonly labels: boolean;
  readonly valueSize: number | undefined;
}

/** Values as arcs between a least and a greatest value. */
export function Gauge({ panel, data, width, height, theme, timeZone }: PanelProps): JSX.Element {
  const values = reducedValues(panel, data, { theme, timeZone });
  if (values.length === 0) return <NoData data={data} settings={panel.fieldConfig.defaults} />;
  const { orientation } = panel.options;
  const cells = arrange({ count: values.length, width, height, orientation, aspect: 1.2 });
  const look: GaugeLook = {
    theme,
    markers: flag(panel.options["showThresholdMarkers"]) ?? true,
    labels: flag(panel.options["showThresholdLabels"]) ?? false,
    valueSize: number(record(panel.options["text"])["valueSize"]),
  };
  return (
    <ul class="gauges" style={gridStyle(cells)}>
      {values.map((value) => (
        <li key={value.key}>
          <GaugeValue
            value={value}
            look={look}
            named={values.length > 1}
            width={cells.width}
            height={cells.height}
          />
        </li>
      ))}
    </ul>
  );
}

function GaugeValue(
  { value, look, named, width, height }: {
    value: ReducedValue;
    look: GaugeLook;
    named: boolean;
    width: number;
    height: number;
  },
): JSX.Element {
  const { formatted, name, field, range } = value;
  const room = named ? 20 : 0;
  // Below the arc's ends there is nothing: a gauge is as high as 1.5 of its radius.
  const radius = Math.max(12, Math.min(width / 2 - 4, (height - room - 8) / 1.52));
  const center = { x: width / 2, y: radius + 4 };
  const arcHeight = Math.ceil(radius * 1.52 + 8);
  const thickness = Math.max(6, radius * 0.24);
  const band = look.markers ? Math.max(3, radius * 0.06) : 0;
  const inner = radius - band - 2 - thickness / 2;
  const text = valueText(formatted);
  const size = look.valueSize ??
    fittingSize(relativeWidth(text), (inner - thickness / 2) * HOLE, radius * 0.48, 64);
  const { ground, grid } = LOOKS[look.theme];
  return (
    <div class="gauge" {...meterAttributes(value)}>
      <div class="gauge-arc">
        <svg width={width} height={arcHeight} aria-hidden="true">
          <path
            d={arcPath(center, inner, 0, 1)}
            fill="none"
            stroke={grid}
            stroke-width={thickness}
          />
          {formatted.share > 0 && (
            <path
              d={arcPath(center, inner, 0, formatted.share)}
              fill="none"
              stroke={formatted.color}
              stroke-width={thickness}
            />
          )}
          {look.markers &&
            bandsOf(field.settings, range, look.theme).map(({ from, to, color }) => (
              <path
                key={from}
                d={arcPath(center, radius - band / 2, from, to)}
                fill="none"
                stroke={color}
                stroke-width={band}
              />
            ))}
        </svg>
        <span
          class="gauge-value"
          style={{
            top: `${center.y}px`,
            fontSize: `${size}px`,
            color: readableOn(formatted.color, ground),
          }}
        >
          {text}
        </span>
        {look.labels && <Ends value={value} top={center.y + radius * 0.34} />}
      </div>
      {named && <span class="gauge-name">{name}</span>}
    </div>
  );
}

function Ends({ value, top }: { value: ReducedValue; top: number }): JSX.Element {
  const { settings } = value.field;
  const { min, max } = fieldRange(settings, value.range);
  return (
    <span class="gauge-ends" style={{ top: `${top}px` }}>
      <span>{valueText(formatValue(min, settings))}</span>
      <span>{valueText(formatValue(max, settings))}</span>
    </span>
  );
}
