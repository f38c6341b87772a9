import { fixed } from "./decimals.ts";
import { plain } from "./scaling.ts";
import type { Unit } from "./unit.ts";

/** Seconds of each step, the words as Grafana has them ("1 hours"). */
const STEPS: readonly (readonly [number, string])[] = [
  [1e-9, "ns"],
  [1e-6, "µs"],
  [1e-3, "ms"],
  [1, "s"],
  [60, "mins"],
  [3600, "hours"],
  [86_400, "days"],
  [604_800, "weeks"],
  [31_536_000, "years"],
];

const LONG_UNITS: readonly (readonly [number, string])[] = [
  [31_536_000_000, "year"],
  [2_592_000_000, "month"],
  [604_800_000, "week"],
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
  [1, "millisecond"],
];

/** Units of time, and the ways to write one with several parts. */
export const DURATION_UNITS: readonly (readonly [string, Unit])[] = [
  ["ns", scaledTime(1e-9, "ns", ["weeks", "years", "days", "hours"])],
  ["µs", scaledTime(1e-6, "µs", ["mins", "hours", "days", "weeks", "years"])],
  ["ms", scaledTime(1e-3, "ms", ["weeks"])],
  ["s", scaledTime(1, "ns")],
  ["m", scaledTime(60, "mins")],
  ["h", scaledTime(3600, "hours")],
  ["d", scaledTime(86_400, "days")],
  ["timeticks", scaledTime(0.01, "ns")],
  ["dtdurationms", (value, decimals) => ({ text: inWords(value, decimals, "milliseconds") })],
  ["dtdurations", (value, decimals) => ({ text: inWords(value * 1000, decimals, "seconds") })],
  ["dthms", (value) => ({ text: hoursMinutesSeconds(value) })],
  ["dtdhms", (value) => ({ text: daysAndTime(value) })],
  ["clockms", (value, decimals) => ({ text: clock(value, decimals) })],
  ["clocks", (value, decimals) => ({ text: clock(value * 1000, decimals) })],
];

/** Scales to the largest unit that fits, never below `smallest`, and never to one of `without`. */
function scaledTime(
  secondsPerUnit: number,
  smallest: string,
  without: readonly string[] = [],
): Unit {
  const from = STEPS.findIndex(([, name]) => name === smallest);
  const steps = STEPS.slice(from).filter(([, name]) => !without.includes(name));
  const own = STEPS.find(([seconds]) => seconds === secondsPerUnit)?.[1] ?? "s";
  const zero = plain(own);
  return (value, decimals) => {
    if (value === 0 || !Number.isFinite(value)) return zero(value, decimals);
    const seconds = Math.abs(value) * secondsPerUnit;
    let [size, name] = steps[0] ?? [1, "s"];
    for (const step of steps) {
      // A hair of tolerance: 1000 ns is 0.000001000…1 s after the multiplication, or just below it.
      if (seconds >= step[0] * (1 - 1e-12)) [size, name] = step;
    }
    return { text: fixed(cleaned(value * (secondsPerUnit / size)), decimals), suffix: ` ${name}` };
  };
}

/** Takes off what a multiplication by 1e-9 and such adds in the sixteenth digit. */
function cleaned(value: number): number {
  return Number(value.toPrecision(14));
}

/** "2 hours, 4 minutes": the largest unit and as many more as `decimals` says. */
function inWords(milliseconds: number, decimals = 0, zero: string): string {
  if (milliseconds === 0) return `0 ${zero}`;
  if (milliseconds < 0) return `${inWords(-milliseconds, decimals, zero)} ago`;
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [size, name] of LONG_UNITS) {
    if (parts.length > decimals) break;
    const whole = Math.floor(rest / size);
    if (whole === 0 && parts.length === 0) continue;
    parts.push(`${whole} ${name}${whole === 1 ? "" : "s"}`);
    rest %= size;
  }
  return parts.join(", ");
}

function hoursMinutesSeconds(seconds: number): string {
  if (seconds < 0) return `${hoursMinutesSeconds(-seconds)} ago`;
  return [seconds / 3600, (seconds % 3600) / 60, seconds % 60]
    .map((part) => two(Math.floor(part))).join(":");
}

function daysAndTime(seconds: number): string {
  if (seconds < 0) return `${daysAndTime(-seconds)} ago`;
  return `${Math.floor(seconds / 86_400)} d ${hoursMinutesSeconds(seconds % 86_400)}`;
}

/** 01h:02m:03s:004ms, of which `decimals` says how many parts follow the first. */
function clock(milliseconds: number, decimals = 3): string {
  const all: readonly (readonly [number, string, number])[] = [
    [Math.floor(milliseconds / 3_600_000), "h", 2],
    [Math.floor(milliseconds / 60_000) % 60, "m", 2],
    [Math.floor(milliseconds / 1000) % 60, "s", 2],
    [Math.floor(milliseconds) % 1000, "ms", 3],
  ];
  const first = all.findIndex(([amount]) => amount > 0);
  return all.slice(first === -1 ? 3 : first).slice(0, decimals + 1)
    .map(([amount, name, digits]) => String(amount).padStart(digits, "0") + name).join(":");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
