import type { JSX } from "preact";
import { formatTime, formatValue, valueText } from "../../format/mod.ts";
import { exemplarContent } from "./exemplars.ts";
import type { ChartModel } from "./model.ts";

const MOST = 10;

/** The latest exemplars as a list that opens by keyboard: on the canvas only a pointer reaches them. */
export function ExemplarList(
  { model }: { model: ChartModel },
): JSX.Element | null {
  if (model.exemplars.length === 0) return null;
  const latest = model.exemplars.toSorted((one, other) => other.time - one.time).slice(0, MOST);
  const settings = model.lines[0]?.field.settings ?? {};
  return (
    <details class="exemplar-list">
      <summary>{model.exemplars.length} exemplars</summary>
      <ul>
        {latest.map((exemplar) => (
          <li key={`${exemplar.time} ${JSON.stringify(exemplar.labels)}`}>
            {formatTime(exemplar.time, model.timeZone, "time")}{" "}
            {valueText(formatValue(exemplar.value, settings))}{" "}
            {exemplarContent(exemplar, model).rows.map(({ value, url }) =>
              url === undefined
                ? null
                : <a key={value} href={url} target="_blank" rel="noopener">{value}</a>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
