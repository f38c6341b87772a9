import type { AtModifier, Duration } from "../ast.ts";
import { formatNumber, formatSignedDuration } from "./numbers.ts";

/** What stands in brackets or after `offset`. A mere number is shown with units: `[90]` is `[1m30s]`. */
export function printRange(duration: Duration): string {
  return duration.kind === "milliseconds" && !duration.parenthesized
    ? formatSignedDuration(duration.ms)
    : printDuration(duration);
}

function printDuration(duration: Duration): string {
  const text = printBare(duration);
  return duration.parenthesized ? `(${text})` : text;
}

function printBare(duration: Duration): string {
  switch (duration.kind) {
    case "milliseconds":
      return duration.isDuration
        ? formatSignedDuration(duration.ms)
        : formatNumber(duration.ms / 1000);
    case "step":
    case "range":
      return `${duration.kind}()`;
    case "negative":
      return `-${printDuration(duration.operand)}`;
    case "arithmetic":
      return `${printDuration(duration.left)} ${duration.operator} ${
        printDuration(duration.right)
      }`;
    case "min_of":
    case "max_of":
      return `${duration.kind}(${printDuration(duration.left)}, ${printDuration(duration.right)})`;
  }
}

/** ` offset 5m`, or nothing where there is none or one of zero. */
export function printOffset(offset: Duration | undefined): string {
  if (offset === undefined) return "";
  const isZero = offset.kind === "milliseconds" && !offset.parenthesized && offset.ms === 0;
  return isZero ? "" : ` offset ${printRange(offset)}`;
}

/** ` @ 1.500`, ` @ end()`, or nothing. */
export function printAt(at: AtModifier | undefined): string {
  if (at === undefined) return "";
  return typeof at === "number" ? ` @ ${(at / 1000).toFixed(3)}` : ` @ ${at}()`;
}
