import type {
  AtModifier,
  Duration,
  Expression,
  MatrixSelector,
  Subquery,
  VectorSelector,
} from "../ast.ts";
import { parseOffset, parseRange } from "./durations.ts";
import { parseSignedNumber } from "./literals.ts";
import type { TokenStream } from "./token_stream.ts";

/** What may follow an expression: a range, `offset`, `@`, `anchored` and `smoothed`. */
export function parseSuffixes(stream: TokenStream, expression: Expression): Expression {
  let result = expression;
  for (;;) {
    switch (stream.peek().kind) {
      case "[":
        result = parseBrackets(stream, result);
        break;
      case "offset":
        result = parseOffsetModifier(stream, result);
        break;
      case "@":
        result = parseAt(stream, result);
        break;
      case "anchored":
      case "smoothed":
        result = parseExtension(stream, result);
        break;
      default:
        return result;
    }
  }
}

function parseBrackets(stream: TokenStream, before: Expression): MatrixSelector | Subquery {
  const { from } = before;
  const bracket = stream.take();
  const range = stream.within(
    { in: "subquery or range selector", expected: A_DURATION },
    () => parseRange(stream),
  );
  if (stream.takeIf(":")) {
    const step = stream.at("]")
      ? undefined
      : stream.within({ in: "subquery selector", expected: `${A_DURATION_OR} or "]"` }, () =>
        parseRange(stream));
    const { to } = stream.expect("]", { in: "subquery selector", expected: '"]"' });
    const steps = step === undefined ? {} : { step };
    return { kind: "subquery", expression: before, range, ...steps, from, to };
  }
  const { to } = stream.expect("]", { in: "subquery or range", expected: '":" or "]"' });
  if (before.kind !== "selector") {
    throw stream.error({ from: bracket.from, to }, "ranges only allowed for vector selectors");
  }
  if (isSet(before.offset)) {
    throw stream.error({ from: bracket.from, to }, "no offset modifiers allowed before range");
  }
  if (before.at !== undefined) {
    throw stream.error({ from: bracket.from, to }, "no @ modifiers allowed before range");
  }
  return { kind: "range", selector: before, range, from, to };
}

function parseOffsetModifier(stream: TokenStream, before: Expression): Expression {
  stream.take();
  const offset = stream.within(
    { in: "offset", expected: A_DURATION },
    () => parseOffset(stream),
  );
  const target = modified(before);
  if (target === undefined) throw stream.error(before, `offset modifier ${NEEDS_SELECTOR}`);
  if (isSet(target.offset)) throw stream.error(before, "offset may not be set multiple times");
  return withChange(before, { offset }, offset.to);
}

function parseAt(stream: TokenStream, before: Expression): Expression {
  stream.take();
  const { at, to } = stream.within({ in: "@", expected: "timestamp" }, () => parseTime(stream));
  if (typeof at === "number" && !(Math.abs(at) < 2 ** 63 * 1000)) {
    const seconds = Number.isFinite(at)
      ? String(at / 1000)
      : at > 0
      ? "+Inf"
      : at < 0
      ? "-Inf"
      : "NaN";
    throw stream.error(before, `timestamp out of bounds for @ modifier: ${seconds}`);
  }
  const target = modified(before);
  if (target === undefined) throw stream.error(before, `@ modifier ${NEEDS_SELECTOR}`);
  if (target.at !== undefined) {
    throw stream.error(before, "@ <timestamp> may not be set multiple times");
  }
  return withChange(before, { at }, to);
}

function parseTime(stream: TokenStream): { at: AtModifier; to: number } {
  const { kind } = stream.peek();
  if (kind !== "start" && kind !== "end") {
    const { value, to } = parseSignedNumber(stream);
    return { at: Math.round(value * 1000), to };
  }
  stream.take();
  stream.expect("(");
  return { at: kind, to: stream.expect(")").to };
}

function parseExtension(stream: TokenStream, before: Expression): Expression {
  const { kind, to } = stream.take();
  const extension = kind === "anchored" ? "anchored" : "smoothed";
  if (!stream.options.extendedRangeSelectors) {
    throw stream.error(before, `${extension} modifier is experimental and not enabled`);
  }
  if (before.kind === "subquery") {
    throw stream.error(before, `${extension} modifier is not supported for subqueries`);
  }
  const target = modified(before);
  if (target?.kind !== "selector") {
    throw stream.error(before, `${extension} modifier not implemented`);
  }
  if ((target.extension ?? extension) !== extension) {
    throw stream.error(before, "anchored and smoothed modifiers cannot be used together");
  }
  return withChange(before, { extension }, to);
}

/** What carries an expression's offset and time. */
function modified(expression: Expression): VectorSelector | Subquery | undefined {
  switch (expression.kind) {
    case "selector":
    case "subquery":
      return expression;
    case "range":
      return expression.selector;
    default:
      return undefined;
  }
}

function withChange(
  expression: Expression,
  change: Partial<Pick<VectorSelector, "offset" | "at" | "extension">>,
  to: number,
): Expression {
  if (expression.kind === "range") {
    return { ...expression, selector: { ...expression.selector, ...change }, to };
  }
  return { ...expression, ...change, to } as Expression;
}

/** An offset of zero is as good as none. */
function isSet(offset: Duration | undefined): boolean {
  return offset !== undefined && (offset.kind !== "milliseconds" || offset.ms !== 0);
}

const NEEDS_SELECTOR =
  "must be preceded by an instant vector selector or range vector selector or a subquery";
const A_DURATION_OR = "number, duration, step(), range(),";
const A_DURATION = "number, duration, step(), or range()";
