import type { Duration, Expression, VectorSelector } from "../ast.ts";
import { resolveDuration } from "./durations.ts";
import { findInvariants } from "./invariants.ts";
import { statisticsSelectors } from "./reset_hints.ts";

/** The query that an expression is prepared for; milliseconds. `step` is 0 for an instant query. */
export interface QueryTimes {
  readonly query: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** An expression in which nothing depends on the query any more. */
export interface Prepared {
  /** Durations and `@` are milliseconds, `start()` and its like are numbers. */
  readonly expression: Expression;
  /** Those that have the same value at every step, none of which lies in another. */
  readonly invariants: ReadonlySet<Expression>;
  /** Those of which only counts and sums of histograms are wanted. */
  readonly statistics: ReadonlySet<VectorSelector>;
}

/**
 * Resolves durations, `@ start()` and the functions that speak of the query, takes parentheses off
 * arguments, and finds what need be evaluated but once. Throws a `QueryError` for a duration that
 * is out of range.
 */
export function prepare(expression: Expression, times: QueryTimes): Prepared {
  const resolved = new Preparation(times).resolve(expression);
  return {
    expression: resolved,
    invariants: findInvariants(resolved),
    statistics: statisticsSelectors(resolved),
  };
}

class Preparation {
  readonly #times: QueryTimes;

  constructor(times: QueryTimes) {
    this.#times = times;
  }

  resolve(expression: Expression): Expression {
    switch (expression.kind) {
      case "number":
      case "string":
        return expression;
      case "selector":
        return this.#selector(expression);
      case "range":
        return {
          ...expression,
          selector: this.#selector(expression.selector),
          range: this.#duration(expression.range, { isPositive: true }),
        };
      case "subquery":
        return {
          ...expression,
          ...this.#modifiers(expression),
          expression: this.resolve(expression.expression),
          range: this.#duration(expression.range, { isPositive: true }),
          ...(expression.step === undefined
            ? {}
            : { step: this.#duration(expression.step, { isPositive: true }) }),
        };
      case "parentheses":
        return { ...expression, expression: this.resolve(expression.expression) };
      case "unary":
        return { ...expression, operand: this.resolve(expression.operand) };
      case "binary":
        return {
          ...expression,
          left: this.resolve(expression.left),
          right: this.resolve(expression.right),
        };
      case "aggregation":
        return {
          ...expression,
          expression: this.resolve(withoutParentheses(expression.expression)),
          ...(expression.parameter === undefined
            ? {}
            : { parameter: this.resolve(withoutParentheses(expression.parameter)) }),
        };
      case "call": {
        const value = this.#queryValue(expression.name);
        if (value !== undefined) {
          return { kind: "number", value, from: expression.from, to: expression.to };
        }
        return {
          ...expression,
          arguments: expression.arguments.map((argument) =>
            this.resolve(withoutParentheses(argument))
          ),
        };
      }
    }
  }

  #queryValue(name: string): number | undefined {
    const { start, end, step } = this.#times;
    switch (name) {
      case "start":
        return start / 1000;
      case "end":
        return end / 1000;
      case "range":
        return (end - start) / 1000;
      case "step":
        return start === end ? 0 : step / 1000;
      default:
        return undefined;
    }
  }

  #selector(selector: VectorSelector): VectorSelector {
    return { ...selector, ...this.#modifiers(selector) };
  }

  #modifiers({ offset, at }: Pick<VectorSelector, "offset" | "at">) {
    const { start, end } = this.#times;
    return {
      ...(offset === undefined ? {} : { offset: this.#duration(offset, { isPositive: false }) }),
      ...(at === undefined ? {} : { at: at === "start" ? start : at === "end" ? end : at }),
    };
  }

  #duration(duration: Duration, { isPositive }: { readonly isPositive: boolean }): Duration {
    return resolveDuration(duration, this.#times, isPositive);
  }
}

function withoutParentheses(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === "parentheses") inner = inner.expression;
  return inner;
}
