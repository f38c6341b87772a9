/**
 * What start times say of a counter: since when a sample counts. 0 is unknown; a start at or after
 * the sample itself says nothing.
 */
import type { RangeWindow } from "./function.ts";
import { startTimeOverlap } from "./messages.ts";

/** Whether a sample counts anew and not on from the one before. */
export function isResetByStart(
  previousStart: number,
  previousTime: number,
  start: number,
  time: number,
): boolean {
  if (start === 0 || start === previousStart || start >= time || start < previousTime) return false;
  if (start > previousTime) return true;
  // A start at the sample before is a reset of deltas only, and those know the start of that one too.
  return previousStart <= previousTime && previousStart !== 0 && previousStart !== previousTime;
}

/** Whether a sample claims to have counted what the one before, with another start, counted already. */
export function startsOverlap(previousStart: number, previousTime: number, start: number): boolean {
  return start !== 0 && start < previousTime && start !== previousStart;
}

/** Says that start times contradict the samples. */
export function warnOfOverlap(window: RangeWindow): void {
  const message = startTimeOverlap(window.labels.metricName);
  if (window.warnCounted === undefined) window.warn(message);
  else window.warnCounted(message);
}
