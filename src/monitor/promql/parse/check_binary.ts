import type { Binary, Position, ValueType } from "../ast.ts";
import { quote } from "../print/quote.ts";
import { isSetOperator } from "./operators.ts";
import type { TokenStream } from "./token_stream.ts";

/** Checks an operator between sides of these types, and what was written with it. */
export function checkBinary(
  stream: TokenStream,
  binary: Binary,
  left: ValueType,
  right: ValueType,
): void {
  const { operator } = binary;
  const isComparison = COMPARISONS.has(operator);
  if (binary.returnBool && !isComparison) {
    throw stream.error(
      operatorPlace(stream, binary),
      "bool modifier can only be used on comparison operators",
    );
  }
  if (isComparison && !binary.returnBool && left === "scalar" && right === "scalar") {
    throw stream.error(
      operatorPlace(stream, binary),
      "comparisons between scalars must use BOOL modifier",
    );
  }
  checkLabels(stream, binary);
  for (const [side, type] of [[binary.left, left], [binary.right, right]] as const) {
    if (type !== "scalar" && type !== "vector") {
      throw stream.error(
        side,
        "binary expression must contain only scalar and instant vector types",
      );
    }
  }
  checkMatching(stream, binary, left === "vector" && right === "vector");
  if (isSetOperator(operator) && (left === "scalar" || right === "scalar")) {
    throw stream.error(
      binary,
      `set operator ${quote(operator)} not allowed in binary scalar expression`,
    );
  }
}

function checkLabels(stream: TokenStream, binary: Binary): void {
  const { on = false, labels = [], include = [] } = matchingOf(stream, binary) ?? {};
  const twice = on ? labels.find((label) => include.includes(label)) : undefined;
  if (twice === undefined) return;
  throw stream.error(
    operatorPlace(stream, binary),
    `label ${quote(twice)} must not occur in ON and GROUP clause at once`,
  );
}

function checkMatching(stream: TokenStream, binary: Binary, betweenVectors: boolean): void {
  const { operator } = binary;
  const { cardinality, labels = [], fillLeft, fillRight } = matchingOf(stream, binary) ?? {};
  const isFilled = (fillLeft ?? fillRight) !== undefined;
  if (!betweenVectors) {
    if (labels.length > 0) {
      throw stream.error(binary, "vector matching only allowed between instant vectors");
    }
    if (isFilled) {
      throw stream.error(
        binary,
        "filling in missing series only allowed between instant vectors",
      );
    }
  } else if (isSetOperator(operator)) {
    if (cardinality !== "one-to-one") {
      throw stream.error(binary, `no grouping allowed for ${quote(operator)} operation`);
    }
    if (isFilled) {
      throw stream.error(binary, "filling in missing series not allowed for set operators");
    }
  }
}

/** As it was written, so `cardinality` is not yet that of set operators. */
function matchingOf(stream: TokenStream, binary: Binary) {
  return stream.binaries.get(binary)?.modifiers.matching;
}

/** From the operator to the right side. */
function operatorPlace({ query }: TokenStream, { left, right }: Binary): Position {
  const between = query.slice(left.to, right.from);
  const blank = between.length - between.trimStart().length;
  return { from: left.to + blank, to: left.to + between.trimEnd().length };
}

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
