import { METRIC_NAME } from "../../labels.ts";
import type {
  Aggregation,
  Binary,
  Call,
  Duration,
  Expression,
  ValueType,
  VectorSelector,
} from "../ast.ts";
import { quote } from "../print/quote.ts";
import { checkBinary } from "./check_binary.ts";
import { checkCallShape, expectedType } from "./check_call.ts";
import { DEEPEST, type TokenStream } from "./token_stream.ts";

/** Throws a ParseError for the first fault that is one of types, in the order of Prometheus. */
export function check(stream: TokenStream, expression: Expression, depth = 0): ValueType {
  if (depth > DEEPEST) throw stream.tooDeep(expression);
  switch (expression.kind) {
    case "number":
      return "scalar";
    case "string":
      return "string";
    case "selector":
      return checkSelector(stream, expression, depth);
    case "range":
      checkDuration(stream, expression.range, depth);
      checkSelector(stream, expression.selector, depth);
      return "matrix";
    case "subquery": {
      for (const duration of [expression.range, expression.step, expression.offset]) {
        checkDuration(stream, duration, depth);
      }
      const type = check(stream, expression.expression, depth + 1);
      if (type === "vector") return "matrix";
      throw stream.error(
        expression,
        `subquery is only allowed on instant vector, got ${type} instead`,
      );
    }
    case "parentheses":
      return check(stream, expression.expression, depth + 1);
    case "unary": {
      const type = check(stream, expression.operand, depth + 1);
      if (type === "scalar" || type === "vector") return type;
      throw stream.error(
        expression,
        `unary expression only allowed on expressions of type scalar or instant vector, got ${
          quote(TYPE_NAMES[type])
        }`,
      );
    }
    case "binary":
      return checkOperator(stream, expression, depth);
    case "call":
      return checkCall(stream, expression, depth);
    case "aggregation":
      checkAggregation(stream, expression, depth);
      return "vector";
  }
}

function checkOperator(stream: TokenStream, binary: Binary, depth: number): ValueType {
  const left = check(stream, binary.left, depth + 1);
  const right = check(stream, binary.right, depth + 1);
  checkBinary(stream, binary, left, right);
  return left === "scalar" && right === "scalar" ? "scalar" : "vector";
}

function checkCall(stream: TokenStream, call: Call, depth: number): ValueType {
  const signature = checkCallShape(stream, call);
  call.arguments.forEach((argument, index) => {
    const wanted = expectedType(signature, index);
    const isLabels = call.name === "info" && index === 1;
    const type = isLabels && argument.kind === "selector"
      ? checkSelector(stream, argument, depth, { mayBeEmpty: true })
      : check(stream, argument, depth + 1);
    if (type !== wanted) {
      throw mismatch(stream, argument, wanted, `call to function ${quote(call.name)}`, type);
    }
  });
  return signature.returns;
}

function checkAggregation(stream: TokenStream, aggregation: Aggregation, depth: number): void {
  const { operator, expression, parameter } = aggregation;
  const type = check(stream, expression, depth + 1);
  if (type !== "vector") {
    throw mismatch(stream, expression, "vector", "aggregation expression", type);
  }
  if (parameter === undefined) return;
  const wanted = operator === "count_values" ? "string" : "scalar";
  const given = check(stream, parameter, depth + 1);
  if (given !== wanted) throw mismatch(stream, parameter, wanted, "aggregation parameter", given);
}

/** Not everything may be selected, for that is nearly always a slip. */
function checkSelector(
  stream: TokenStream,
  selector: VectorSelector,
  depth: number,
  { mayBeEmpty = false } = {},
): "vector" {
  checkDuration(stream, selector.offset, depth);
  const { name, matchers } = selector;
  if (name === "") {
    if (mayBeEmpty || matchers.some((matcher) => !matcher.matches(""))) return "vector";
    throw stream.error(selector, "vector selector must contain at least one non-empty matcher");
  }
  const second = matchers.slice(0, -1).find((matcher) => matcher.name === METRIC_NAME);
  if (second === undefined) return "vector";
  throw stream.error(
    selector,
    `metric name must not be set twice: ${quote(name)} or ${quote(second.value)}`,
  );
}

function checkDuration(stream: TokenStream, duration: Duration | undefined, depth: number): void {
  if (duration === undefined) return;
  if (depth > DEEPEST) throw stream.tooDeep(duration);
  if (duration.kind === "negative") checkDuration(stream, duration.operand, depth + 1);
  if ("left" in duration) {
    checkDuration(stream, duration.left, depth + 1);
    checkDuration(stream, duration.right, depth + 1);
  }
}

function mismatch(
  stream: TokenStream,
  expression: Expression,
  wanted: ValueType,
  context: string,
  given: ValueType,
): Error {
  return stream.error(
    expression,
    `expected type ${TYPE_NAMES[wanted]} in ${context}, got ${TYPE_NAMES[given]}`,
  );
}

const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  scalar: "scalar",
  string: "string",
  vector: "instant vector",
  matrix: "range vector",
};
