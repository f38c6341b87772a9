import type { Panel } from "./dashboard.ts";
import { parseDuration } from "./time_range.ts";

/** What is special about the span of a panel (`timeFrom`, `timeShift`), in words; "" when nothing is. */
export function describePanelRange({ timeFrom = "", timeShift = "" }: Panel): string {
  const last = parseDuration(timeFrom) === undefined ? "" : `last ${timeFrom}`;
  const ago = parseDuration(timeShift) === undefined ? "" : `${timeShift} ago`;
  return [last, ago].filter((part) => part !== "").join(", ");
}
