import type { Exemplar } from "../../metrics/buckets.ts";
import { formatTime, formatValue } from "./format.ts";
import { escapeLabelValue } from "./labels.ts";
import { labelName } from "./names.ts";

/** Characters that names and values of an exemplar's labels may have together (OpenMetrics 1.0). */
const LIMIT = 128;

/** What stands behind the value of a bucket; nothing where the labels are too long for the format. */
export function formatExemplar({ labels, value, timestamp }: Exemplar): string {
  const pairs = Object.entries(labels).map(([name, value]) => [labelName(name), value] as const);
  const length = pairs.reduce(
    (sum, [name, value]) => sum + [...name].length + [...value].length,
    0,
  );
  if (length > LIMIT) return "";
  const text = pairs.map(([name, value]) => `${name}="${escapeLabelValue(value)}"`).join(",");
  return ` # {${text}} ${formatValue(value)} ${formatTime(timestamp)}`;
}
