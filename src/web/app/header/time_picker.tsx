import type { VNode } from "preact";
import { useState } from "preact/hooks";
import {
  describeRange,
  formatWall,
  QUICK_RANGES,
  type RawRange,
  resolveRange,
  resolveTime,
} from "../../model/mod.ts";
import { Icon } from "../ui/icon.tsx";
import { Popover } from "../ui/popover.tsx";

/** What the time range picker shows, and what it asks for. */
export interface TimePickerProps {
  readonly raw: RawRange;
  readonly zone: string;
  /** Milliseconds that `now` stands for. */
  readonly now: number;
  readonly onChange: (raw: RawRange) => void;
  readonly onZone: (zone: string) => void;
  readonly onZoomOut: () => void;
  readonly onShift: (direction: -1 | 1) => void;
}

/** The time range: quick ones, any other, and ways to move it. */
export function TimePicker(props: TimePickerProps): VNode {
  const { raw, zone, now, onShift } = props;
  const words = describeRange(raw, now, zone);
  return (
    <div class="group" role="group" aria-label="Time">
      <button
        type="button"
        aria-label="Move time range backwards"
        title="Move backwards (t ←)"
        onClick={() => onShift(-1)}
      >
        <Icon name="earlier" />
      </button>
      <Popover
        label={`Time range: ${words}`}
        contentLabel="Time range"
        kind="dialog"
        class="time"
        face={
          <>
            <Icon name="clock" />
            <span>{words}</span>
            <Icon name="down" />
          </>
        }
      >
        {(close) => <Choices {...props} close={close} />}
      </Popover>
      <button
        type="button"
        aria-label="Move time range forwards"
        title="Move forwards (t →)"
        onClick={() => onShift(1)}
      >
        <Icon name="later" />
      </button>
      <button
        type="button"
        aria-label="Zoom out time range"
        title="Zoom out (t z)"
        onClick={props.onZoomOut}
      >
        <Icon name="zoom out" />
      </button>
    </div>
  );
}

function Choices(props: TimePickerProps & { readonly close: () => void }): VNode {
  const { raw, zone, now, onChange, close } = props;
  const choose = (chosen: RawRange) => {
    onChange(chosen);
    close();
  };
  return (
    <div class="time-choices">
      <OwnRange {...props} choose={choose} />
      <ul class="quick-ranges" aria-label="Quick ranges">
        {QUICK_RANGES.map(({ from, to, title }) => (
          <li key={title}>
            <button
              type="button"
              aria-current={from === raw.from && to === raw.to}
              onClick={() => choose({ from, to })}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
      <label class="zone">
        Time zone
        <select value={zone} onChange={({ currentTarget }) => props.onZone(currentTarget.value)}>
          {zones(zone).map(([value, title]) => <option key={value} value={value}>{title}</option>)}
        </select>
        <span class="faint">{formatWall(now, zone)}</span>
      </label>
    </div>
  );
}

function zones(current: string): [string, string][] {
  const known: [string, string][] = [
    ["browser", `This browser's (${Intl.DateTimeFormat().resolvedOptions().timeZone})`],
    ["utc", "UTC"],
  ];
  return known.some(([value]) => value === current) ? known : [...known, [current, current]];
}

function OwnRange(
  { raw, zone, now, choose }: TimePickerProps & { readonly choose: (raw: RawRange) => void },
): VNode {
  const shown = (text: string) => {
    const ms = text.startsWith("now") ? undefined : resolveTime(text, { now, zone });
    return ms === undefined ? text : formatWall(ms, zone);
  };
  const [from, setFrom] = useState(shown(raw.from));
  const [to, setTo] = useState(shown(raw.to));
  const problem = problemOf({ from, to }, now, zone);
  const asUrl = (text: string, end: boolean) =>
    text.trim().startsWith("now")
      ? text.replaceAll(" ", "")
      : String(resolveTime(text, { now, zone, end }));
  return (
    <form
      class="own-range"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) choose({ from: asUrl(from, false), to: asUrl(to, true) });
      }}
    >
      <label>
        From
        <input
          value={from}
          autofocus
          spellcheck={false}
          aria-invalid={problem !== undefined}
          onInput={({ currentTarget }) => setFrom(currentTarget.value)}
        />
      </label>
      <label>
        To
        <input
          value={to}
          spellcheck={false}
          aria-invalid={problem !== undefined}
          onInput={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </label>
      <p class={problem === undefined ? "faint" : "bad"} aria-live="polite">
        {problem ?? "Such as now-2h, now/d, 2026-01-31 12:00:00"}
      </p>
      <button type="submit" class="primary" disabled={problem !== undefined}>
        Apply time range
      </button>
    </form>
  );
}

function problemOf(raw: RawRange, now: number, zone: string): string | undefined {
  if (resolveTime(raw.from, { now, zone }) === undefined) return "'From' is no time.";
  if (resolveTime(raw.to, { now, zone, end: true }) === undefined) return "'To' is no time.";
  return resolveRange(raw, now, zone) === undefined ? "'From' is not before 'To'." : undefined;
}
