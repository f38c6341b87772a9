import type { JSX } from "preact";
import type { PanelData } from "../../data/series.ts";
import type { FieldConfig } from "../../model/dashboard.ts";

/** What a panel shows in place of a picture: that it waits, or that there is nothing. */
export function NoData(
  { data, settings }: { data: PanelData; settings?: FieldConfig | undefined },
): JSX.Element {
  if (data.state === "loading") return <p class="no-data">Loading…</p>;
  if (settings?.noValue !== undefined) return <p class="no-data">{settings.noValue}</p>;
  return (
    <div class="no-data">
      <p>
        No data
        <small>Take another time range, or inspect the query.</small>
      </p>
    </div>
  );
}
