import { useMemo } from "preact/hooks";
import type { TimeRange } from "../../data/series.ts";
import { type RawRange, resolveRange, resolveTime, shifted, zoomedOut } from "../../model/mod.ts";
import { changeParameters } from "../place.ts";
import { toast } from "../ui/toasts.tsx";
import type { Handlers } from "../use_shortcuts.ts";

/** What a view shows when the URL says nothing. */
export interface TimeDefaults {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** The time of a view, and ways to change it. */
export interface Time {
  readonly raw: RawRange;
  readonly range: TimeRange;
  readonly zone: string;
  readonly now: number;
  readonly set: (raw: RawRange) => void;
  readonly zoomOut: () => void;
  readonly shift: (direction: -1 | 1) => void;
}

/** The time range of the URL, else of `defaults`; `now` is the moment of the round. */
export function useTime(parameters: URLSearchParams, now: number, defaults: TimeDefaults): Time {
  const from = parameters.get("from") ?? defaults.from;
  const to = parameters.get("to") ?? defaults.to;
  const zone = parameters.get("timezone") ?? defaults.zone;
  return useMemo(() => {
    const asked = { from, to };
    const found = resolveRange(asked, now, zone);
    const raw = found === undefined ? { from: "now-1h", to: "now" } : asked;
    const range = found ?? { from: now - 3_600_000, to: now };
    return {
      raw,
      range,
      zone,
      now,
      set,
      zoomOut: () => set(zoomedOut(range)),
      shift: (direction) => set(shifted(range, direction, now)),
    };
  }, [from, to, zone, now]);
}

function set({ from, to }: RawRange): void {
  changeParameters({ from, to });
}

/** Shortcuts that concern the time range. */
export function timeShortcuts(time: Time): Handlers {
  const { range, zone } = time;
  return {
    "zoom out": time.zoomOut,
    earlier: () => time.shift(-1),
    later: () => time.shift(1),
    "absolute time": () => set({ from: String(range.from), to: String(range.to) }),
    "copy time": () => {
      navigator.clipboard.writeText(JSON.stringify(time.raw)).then(
        () => toast("The time range is copied."),
        () => toast("The browser lets nothing be copied here.", "error"),
      );
    },
    "paste time": () => {
      navigator.clipboard.readText().then(
        (text) => paste(text, zone),
        () => toast("The browser lets nothing be pasted here.", "error"),
      );
    },
  };
}

function paste(text: string, zone: string): void {
  const raw = readRange(text);
  const ok = raw !== undefined && resolveRange(raw, Date.now(), zone) !== undefined;
  if (ok) set(raw);
  else toast("What was copied is no time range.", "error");
}

/** `{"from":…,"to":…}` as Grafana copies it, with dates or `now-1h`. */
function readRange(text: string): RawRange | undefined {
  try {
    const { from, to } = JSON.parse(text);
    return { from: asText(from), to: asText(to) };
  } catch {
    return undefined;
  }
}

function asText(value: unknown): string {
  const text = String(value);
  const ms = text.startsWith("now") ? undefined : resolveTime(text, { now: Date.now() });
  return ms === undefined ? text : String(ms);
}
