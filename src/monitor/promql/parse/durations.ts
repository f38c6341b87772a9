import type { Duration, Position } from "../ast.ts";
import { parseNumberLiteral, signed } from "./literals.ts";
import type { Token } from "./token.ts";
import { DEEPEST, type TokenStream } from "./token_stream.ts";

type Arithmetic = Extract<Duration, { kind: "arithmetic" }>;

const POWERS: Readonly<Record<Arithmetic["operator"], number>> = {
  "+": 1,
  "-": 1,
  "*": 2,
  "/": 2,
  "%": 2,
  "^": 3,
};

/** What may be in brackets: more than nothing, as far as that can be told without a step. */
export function parseRange(stream: TokenStream): Duration {
  const range = parseDuration(stream);
  if (range.kind === "milliseconds" && range.ms <= 0) {
    throw stream.error(range, "duration must be greater than 0");
  }
  return whole(range);
}

/**
 * What may follow `offset`. A number, `step()` and the like, or parentheses after a sign end it:
 * `a offset 5m + 3` adds 3 to `a offset 5m`. Parentheses without a sign do not.
 */
export function parseOffset(stream: TokenStream): Duration {
  const { kind } = stream.peek();
  if (kind === "(") return parseDuration(stream);
  if (kind !== "+" && kind !== "-") return whole(parseOperand(stream));
  const sign = stream.take();
  if (stream.at("number", "duration")) return whole(withSign(sign, parseLiteral(stream, sign)));
  if (!stream.at("+", "-")) return whole(withSign(sign, parseOperand(stream)));
  const operand = stream.deeper(() => parseDuration(stream, POWERS["^"]));
  return parseArithmetic(stream, withSign(sign, operand), 0);
}

/** Arithmetic of operators that bind at least as strongly as `power`. */
function parseDuration(stream: TokenStream, power = 0): Duration {
  return stream.deeper(() => {
    const sign = stream.at("+", "-") ? stream.take() : undefined;
    const first = sign === undefined
      ? parseOperand(stream)
      : withSign(sign, parseDuration(stream, POWERS["^"]));
    return parseArithmetic(stream, first, power);
  });
}

function parseArithmetic(stream: TokenStream, first: Duration, power: number): Duration {
  let left = first;
  for (let operators = 1;; operators++) {
    const operator = stream.peek().kind;
    if (!isOperator(operator) || POWERS[operator] < power) return left;
    if (operators >= DEEPEST) throw stream.tooDeep(stream.peek());
    const { from, to } = stream.take();
    const right = parseDuration(stream, operator === "^" ? POWERS["^"] : POWERS[operator] + 1);
    requireExpressions(stream, left);
    if (right.kind === "milliseconds" && !right.parenthesized && right.ms === 0) {
      if (operator === "/") throw stream.error({ from, to }, "division by zero");
      if (operator === "%") throw stream.error({ from, to }, "modulo by zero");
    }
    left = { kind: "arithmetic", operator, left, right, from: left.from, to: right.to };
  }
}

function parseOperand(stream: TokenStream): Duration {
  const { kind, from, to } = stream.peek();
  switch (kind) {
    case "number":
    case "duration":
      return parseLiteral(stream);
    case "(": {
      stream.take();
      const inner = parseDuration(stream);
      stream.expect(")");
      requireExpressions(stream, inner);
      // Prometheus puts a number's place at the parenthesis, that of anything else inside.
      const isNumber = inner.kind === "milliseconds" && !inner.parenthesized;
      return { ...inner, parenthesized: true, from: isNumber ? from : inner.from };
    }
    case "step":
    case "range": {
      stream.take();
      stream.expect("(");
      const end = stream.expect(")").to;
      requireExpressions(stream, { from, to });
      return { kind, from, to: end };
    }
    case "min_of":
    case "max_of": {
      stream.take();
      stream.expect("(");
      const left = parseDuration(stream);
      stream.expect(",");
      const right = parseDuration(stream);
      const end = stream.expect(")").to;
      requireExpressions(stream, { from, to });
      return { kind, left, right, from, to: end };
    }
    default:
      throw stream.unexpected();
  }
}

function parseLiteral(stream: TokenStream, place?: Position): Duration {
  const literal = parseNumberLiteral(stream);
  const { value, isDuration = false, from, to } = literal;
  if (!(Math.abs(value) <= LONGEST)) throw stream.error(place ?? literal, "duration out of range");
  const ms = Math.round(value * 1e9) / 1e6;
  return { kind: "milliseconds", ms, ...(isDuration ? { isDuration } : {}), from, to };
}

function withSign(sign: Token, operand: Duration): Duration {
  const { from } = sign;
  if (operand.kind === "milliseconds" && !operand.parenthesized) {
    const { ms, ...rest } = operand;
    const { value } = signed(sign, { kind: "number", value: ms, from, to: operand.to });
    return { ...rest, ms: value, from };
  }
  return sign.kind === "-" ? { kind: "negative", operand, from, to: operand.to } : operand;
}

/** A duration that is just a number counts whole milliseconds. */
function whole(duration: Duration): Duration {
  return duration.kind === "milliseconds" && !Number.isInteger(duration.ms)
    ? { ...duration, ms: Math.trunc(duration.ms) }
    : duration;
}

function requireExpressions(stream: TokenStream, position: Position): void {
  if (stream.options.durationExpressions) return;
  throw stream.error(position, "experimental duration expression is not enabled");
}

function isOperator(kind: string): kind is Arithmetic["operator"] {
  return Object.hasOwn(POWERS, kind);
}

/** What Go's time.Duration holds, in seconds. */
const LONGEST = 2 ** 63 / 1e9;
