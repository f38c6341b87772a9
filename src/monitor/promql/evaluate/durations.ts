import type { Duration, Position } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { power } from "./arithmetic.ts";
import type { QueryTimes } from "./prepare.ts";

/** The milliseconds of a duration that {@linkcode resolveDuration} has been through, 0 for none. */
export function milliseconds(duration: Duration | undefined): number {
  return duration?.kind === "milliseconds" ? duration.ms : 0;
}

/**
 * The value of a duration expression for a query, in whole milliseconds. As in Prometheus it is
 * calculated in seconds, so that `2` in `5m * 2` is a plain number.
 */
export function resolveDuration(
  duration: Duration,
  times: QueryTimes,
  isPositive: boolean,
): Duration {
  const { from, to } = duration;
  if (duration.kind === "milliseconds") return { ...duration, ms: Math.trunc(duration.ms) };
  const seconds = evaluate(duration, times);
  if (!Number.isFinite(seconds)) {
    throw refusal(duration, times.query, "duration is NaN or infinite");
  }
  if (isPositive && seconds <= 0) {
    throw refusal(duration, times.query, "duration must be greater than 0");
  }
  if (Math.abs(seconds) > 2 ** 63 / 1e9) {
    throw refusal(duration, times.query, "duration is out of range");
  }
  return { kind: "milliseconds", ms: Math.trunc(seconds * 1000), from, to };
}

function evaluate(duration: Duration, times: QueryTimes): number {
  switch (duration.kind) {
    case "milliseconds":
      return duration.ms / 1000;
    case "step":
      return times.step / 1000;
    case "range":
      return (times.end - times.start) / 1000;
    case "negative":
      return -evaluate(duration.operand, times);
    case "min_of":
      return Math.min(evaluate(duration.left, times), evaluate(duration.right, times));
    case "max_of":
      return Math.max(evaluate(duration.left, times), evaluate(duration.right, times));
    case "arithmetic":
      return calculate(duration, times);
  }
}

function calculate(duration: Duration & { readonly kind: "arithmetic" }, times: QueryTimes) {
  const left = evaluate(duration.left, times);
  const right = evaluate(duration.right, times);
  switch (duration.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      if (right === 0) throw refusal(duration, times.query, "division by zero");
      return left / right;
    case "%":
      if (right === 0) throw refusal(duration, times.query, "modulo by zero");
      return left % right;
    case "^":
      return power(left, right);
  }
}

/** Prometheus names the place by the bytes at which the duration begins and ends. */
function refusal({ from, to }: Position, query: string, reason: string): QueryError {
  const bytes = (offset: number) => new TextEncoder().encode(query.slice(0, offset)).length;
  return new QueryError("bad_data", `${bytes(from)}:${bytes(to)}: ${reason}`);
}
