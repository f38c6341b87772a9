import type { Expression } from "../ast.ts";
import { parseAggregation, parseCall } from "./calls.ts";
import { parseNumberLiteral, parseStringLiteral, signed } from "./literals.ts";
import { isBinaryOperator, makeBinary, parseModifiers, POWERS } from "./operators.ts";
import { parseSelector } from "./selectors.ts";
import { parseSuffixes } from "./suffixes.ts";
import { AGGREGATORS, DURATION_WORDS, isMetricName } from "./token.ts";
import { DEEPEST, type TokenStream } from "./token_stream.ts";

/** Operands with the operators between them that bind at least as strongly as `power`. */
export function parseExpression(stream: TokenStream, power = 0): Expression {
  return stream.deeper(() => {
    let left = parseSigned(stream);
    for (let operators = 1;; operators++) {
      const { kind: operator, ...position } = stream.peek();
      if (!isBinaryOperator(operator) || POWERS[operator] < power) return left;
      if (operators >= DEEPEST) throw stream.tooDeep(position);
      stream.take();
      const modifiers = parseModifiers(stream);
      const right = parseExpression(stream, operator === "^" ? POWERS["^"] : POWERS[operator] + 1);
      const { fillLeft, fillRight } = modifiers.matching;
      if ((fillLeft ?? fillRight) !== undefined && !stream.options.fillModifier) {
        throw stream.error(left, "binop fill modifiers are experimental and not enabled");
      }
      left = makeBinary(stream, operator, modifiers, left, right);
    }
  });
}

/** A sign binds as `*` does: `-a ^ b` is `-(a ^ b)`. A number's sign is its own. */
function parseSigned(stream: TokenStream): Expression {
  if (!stream.at("+", "-")) return parseSuffixes(stream, parseOperand(stream));
  const sign = stream.take();
  const operand = parseExpression(stream, POWERS["^"]);
  if (operand.kind === "number") return signed(sign, operand);
  const operator = sign.kind === "-" ? "-" : "+";
  return { kind: "unary", operator, operand, from: sign.from, to: operand.to };
}

function parseOperand(stream: TokenStream): Expression {
  const { kind } = stream.peek();
  switch (kind) {
    case "number":
    case "duration":
      return parseNumberLiteral(stream);
    case "string":
      return parseStringLiteral(stream);
    case "{":
      return parseSelector(stream);
    case "(": {
      const { from } = stream.take();
      const expression = parseExpression(stream);
      return { kind: "parentheses", expression, from, to: stream.expect(")").to };
    }
  }
  if (!isMetricName(stream.peek())) throw stream.unexpected();
  const name = stream.take();
  if (AGGREGATORS.has(kind) && stream.at("(", "by", "without")) {
    return parseAggregation(stream, name);
  }
  if (isFunctionName(kind) && stream.at("(")) return parseCall(stream, name);
  return parseSelector(stream, name);
}

function isFunctionName(kind: string): boolean {
  return kind === "identifier" || kind === "start" || kind === "end" || DURATION_WORDS.has(kind);
}
