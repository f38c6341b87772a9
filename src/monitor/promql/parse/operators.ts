import type { Binary, BinaryOperator, Expression, VectorMatching } from "../ast.ts";
import { parseLabels, parseOptionalLabels } from "./grouping.ts";
import { parseSignedNumber } from "./literals.ts";
import type { TokenStream } from "./token_stream.ts";

/** How strongly operators bind; `^` goes from right to left, all others from left to right. */
export const POWERS: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "</": 3,
  ">/": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  atan2: 5,
  "^": 6,
};

export function isBinaryOperator(kind: string): kind is BinaryOperator {
  return Object.hasOwn(POWERS, kind);
}

export function isSetOperator(operator: BinaryOperator): boolean {
  return operator === "and" || operator === "or" || operator === "unless";
}

/** What is written between an operator and its right side. */
export interface Modifiers {
  readonly returnBool: boolean;
  readonly matching: VectorMatching;
}

export function parseModifiers(stream: TokenStream): Modifiers {
  const returnBool = stream.takeIf("bool") !== undefined;
  if (!stream.at("on", "ignoring")) {
    return { returnBool, matching: { ...PLAIN, ...parseFill(stream) } };
  }
  const on = stream.take().kind === "on";
  const { labels } = parseLabels(stream);
  const group = stream.takeIf("group_left") ?? stream.takeIf("group_right");
  const include = group === undefined ? [] : parseOptionalLabels(stream);
  const cardinality = group === undefined
    ? "one-to-one"
    : group.kind === "group_left"
    ? "many-to-one"
    : "one-to-many";
  return { returnBool, matching: { cardinality, on, labels, include, ...parseFill(stream) } };
}

const PLAIN: VectorMatching = { cardinality: "one-to-one", on: false, labels: [], include: [] };

function parseFill(stream: TokenStream): Pick<VectorMatching, "fillLeft" | "fillRight"> {
  if (stream.takeIf("fill")) {
    const value = parseFillValue(stream);
    return { fillLeft: value, fillRight: value };
  }
  let fill: Pick<VectorMatching, "fillLeft" | "fillRight"> = {};
  const first = stream.takeIf("fill_left") ?? stream.takeIf("fill_right");
  if (first === undefined) return fill;
  const isLeft = first.kind === "fill_left";
  fill = { [isLeft ? "fillLeft" : "fillRight"]: parseFillValue(stream) };
  if (stream.takeIf(isLeft ? "fill_right" : "fill_left")) {
    fill = { ...fill, [isLeft ? "fillRight" : "fillLeft"]: parseFillValue(stream) };
  }
  return fill;
}

function parseFillValue(stream: TokenStream): number {
  stream.expect("(");
  const { value } = parseSignedNumber(stream);
  stream.expect(")");
  return value;
}

/** Matching stays only between vectors; set operators match many to many. */
export function makeBinary(
  stream: TokenStream,
  operator: BinaryOperator,
  modifiers: Modifiers,
  left: Expression,
  right: Expression,
): Binary {
  const { returnBool, matching } = modifiers;
  const plain = { kind: "binary", operator, left, right, returnBool } as const;
  const position = { from: left.from, to: right.to };
  const types = [stream.typeOf(left), stream.typeOf(right)];
  const cardinality = isSetOperator(operator) && matching.cardinality === "one-to-one"
    ? "many-to-many"
    : matching.cardinality;
  const binary: Binary = types.every((type) => type === "vector")
    ? { ...plain, matching: { ...matching, cardinality }, ...position }
    : { ...plain, ...position };
  const type = types.every((one) => one === "scalar") ? "scalar" : "vector";
  stream.binaries.set(binary, { modifiers, type });
  return binary;
}
