import type { VNode } from "preact";
import { Icon } from "../ui/icon.tsx";

const INTERVALS = ["", "5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"];

/** Refresh now, and every so often. */
export function RefreshPicker(
  { interval, onRefresh, onChange }: {
    interval: string;
    onRefresh: () => void;
    onChange: (interval: string) => void;
  },
): VNode {
  const offered = INTERVALS.includes(interval) ? INTERVALS : [...INTERVALS, interval];
  return (
    <div class="group" role="group" aria-label="Refreshing">
      <button
        type="button"
        aria-label="Refresh"
        title="Refresh (d r)"
        onClick={onRefresh}
      >
        <Icon name="refresh" />
      </button>
      <select
        aria-label="Auto refresh"
        title="Auto refresh"
        value={interval}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {offered.map((one) => <option key={one} value={one}>{one === "" ? "Off" : one}</option>)}
      </select>
    </div>
  );
}
