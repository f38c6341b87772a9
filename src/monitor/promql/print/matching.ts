import type { VectorMatching } from "../ast.ts";
import { formatShort } from "./numbers.ts";
import { quote } from "./quote.ts";

/** Names in a list, in quotes where they are not plain. */
export function printLabels(labels: readonly string[]): string {
  return labels.map((label) => isPlainLabel(label) ? label : quote(label)).join(", ");
}

export function isPlainLabel(label: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(label);
}

/** What follows an operator: ` on (job) group_left ()`. */
export function printMatching(matching: VectorMatching | undefined): string {
  if (matching === undefined) return "";
  const { cardinality, on, labels, include } = matching;
  const isGrouped = cardinality === "many-to-one" || cardinality === "one-to-many";
  let text = "";
  if (labels.length > 0 || on || isGrouped) {
    text += ` ${on ? "on" : "ignoring"} (${printLabels(labels)})`;
  }
  if (isGrouped) {
    text += ` group_${cardinality === "many-to-one" ? "left" : "right"} (${printLabels(include)})`;
  }
  return text + printFill(matching);
}

function printFill({ fillLeft, fillRight }: VectorMatching): string {
  if (fillLeft !== undefined && fillLeft === fillRight) return ` fill (${formatShort(fillLeft)})`;
  const left = fillLeft === undefined ? "" : ` fill_left (${formatShort(fillLeft)})`;
  return fillRight === undefined ? left : `${left} fill_right (${formatShort(fillRight)})`;
}
