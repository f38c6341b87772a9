/**
 * PromQL as a tree. Made by `parse/`, checked for types there, printed by `print/`, run by `engine.ts`.
 *
 * @module
 */
import type { Matcher } from "../samples.ts";

/** What an expression gives. */
export type ValueType = "scalar" | "vector" | "matrix" | "string";

/** Where in the query's text something stands: UTF-16 offsets, `to` excluded. */
export interface Position {
  readonly from: number;
  readonly to: number;
}

/**
 * A duration: milliseconds (may be negative or fractional in between), or an expression of the
 * language's duration arithmetic, whose value depends on the query's step and range. Arithmetic is
 * done in seconds: `5m * 2` is ten minutes.
 */
export type Duration =
  & (
    /** `isDuration`: written with a unit, `5m`, not as seconds. */
    | { readonly kind: "milliseconds"; readonly ms: number; readonly isDuration?: boolean }
    | { readonly kind: "step" | "range" }
    | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/" | "%" | "^";
      readonly left: Duration;
      readonly right: Duration;
    }
    | { readonly kind: "negative"; readonly operand: Duration }
    | { readonly kind: "min_of" | "max_of"; readonly left: Duration; readonly right: Duration }
  )
  & Position
  & { readonly parenthesized?: boolean };

/** `@ 1234.5` (as milliseconds), `@ start()`, `@ end()`. */
export type AtModifier = number | "start" | "end";

/** `metric{label="value"} offset 5m @ end()`. */
export interface VectorSelector extends Position {
  readonly kind: "selector";
  /** The name before the braces, "" where there is none; inside them it is a matcher alone. */
  readonly name: string;
  /** All conditions, that of the name included. */
  readonly matchers: readonly Matcher[];
  readonly offset?: Duration;
  readonly at?: AtModifier;
  /** How ends of ranges are treated: `anchored`, `smoothed`. */
  readonly extension?: "anchored" | "smoothed";
}

/** `selector[5m]`. */
export interface MatrixSelector extends Position {
  readonly kind: "range";
  readonly selector: VectorSelector;
  readonly range: Duration;
}

/** `expression[30m:1m] offset 5m`. */
export interface Subquery extends Position {
  readonly kind: "subquery";
  readonly expression: Expression;
  readonly range: Duration;
  /** Undefined is the engine's own interval. */
  readonly step?: Duration;
  readonly offset?: Duration;
  readonly at?: AtModifier;
}

export interface NumberLiteral extends Position {
  readonly kind: "number";
  readonly value: number;
  /** Whether it was written as a duration (`5m` is 300). */
  readonly isDuration?: boolean;
}

export interface StringLiteral extends Position {
  readonly kind: "string";
  readonly value: string;
}

export interface Parenthesized extends Position {
  readonly kind: "parentheses";
  readonly expression: Expression;
}

export interface Unary extends Position {
  readonly kind: "unary";
  readonly operator: "+" | "-";
  readonly operand: Expression;
}

/** A call of `step()`, `range()`, `min_of()` and so on that gives a scalar is a call too. */
export interface Call extends Position {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
}

/** Operators between two expressions. */
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "^"
  | "atan2"
  | "=="
  | "!="
  | ">"
  | "<"
  | ">="
  | "<="
  | "</"
  | ">/"
  | "and"
  | "or"
  | "unless";

/** How the sides of an operator between vectors find each other. */
export interface VectorMatching {
  readonly cardinality: "one-to-one" | "many-to-one" | "one-to-many" | "many-to-many";
  /** Whether `labels` are the ones that count (`on`) or the ones that do not (`ignoring`, the default). */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** Labels that `group_left` or `group_right` takes over from the side of one. */
  readonly include: readonly string[];
  /** What stands in where a side has no partner: `fill`, `fill_left`, `fill_right`. */
  readonly fillLeft?: number;
  readonly fillRight?: number;
}

export interface Binary extends Position {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** `bool` after a comparison. */
  readonly returnBool: boolean;
  /** Between two vectors only. */
  readonly matching?: VectorMatching;
}

/** Operators over a vector's series. */
export type AggregationOperator =
  | "sum"
  | "min"
  | "max"
  | "avg"
  | "group"
  | "stddev"
  | "stdvar"
  | "count"
  | "count_values"
  | "bottomk"
  | "topk"
  | "quantile"
  | "limitk"
  | "limit_ratio";

export interface Aggregation extends Position {
  readonly kind: "aggregation";
  readonly operator: AggregationOperator;
  readonly expression: Expression;
  readonly parameter?: Expression;
  /** `by` these labels (none: all in one group), or `without` them. */
  readonly grouping: { readonly without: boolean; readonly labels: readonly string[] };
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Parenthesized
  | Unary
  | Binary
  | Call
  | Aggregation;
