import type { Expression } from "../ast.ts";

/** Their result changes from step to step although no argument does. */
const STEP_DEPENDENT = new Set([
  "days_in_month",
  "day_of_month",
  "day_of_week",
  "day_of_year",
  "hour",
  "minute",
  "month",
  "year",
  "info",
  "predict_linear",
  "time",
  "timestamp",
  "start_timestamp",
]);

/**
 * The parts of a prepared expression that have the same value at every step, and need be evaluated
 * but once; none lies in another.
 */
export function findInvariants(expression: Expression): ReadonlySet<Expression> {
  const search = new InvariantSearch();
  if (search.isInvariant(expression)) search.mark(expression);
  return search.found;
}

class InvariantSearch {
  readonly found = new Set<Expression>();

  /** Marks the parts that are invariant where the whole is not. */
  isInvariant(expression: Expression): boolean {
    switch (expression.kind) {
      case "number":
      case "string":
        return true;
      case "selector":
        return expression.at !== undefined;
      case "range":
        return expression.selector.at !== undefined;
      case "subquery":
        if (this.isInvariant(expression.expression)) this.mark(expression.expression);
        return expression.at !== undefined;
      case "parentheses":
        return this.isInvariant(expression.expression);
      case "unary":
        return this.isInvariant(expression.operand);
      case "binary":
        return this.#areInvariant([expression.left, expression.right], true);
      case "aggregation": {
        const { parameter } = expression;
        return this.#areInvariant(
          parameter === undefined ? [expression.expression] : [parameter, expression.expression],
          true,
        );
      }
      case "call": {
        const [first] = expression.arguments;
        const hasOwnTime = expression.name === "timestamp" && first?.kind === "selector";
        return this.#areInvariant(
          expression.arguments,
          hasOwnTime || !STEP_DEPENDENT.has(expression.name),
        );
      }
    }
  }

  mark(expression: Expression): void {
    // Ranges have times of their own, and strings none.
    if (!["range", "subquery", "string"].includes(expression.kind)) {
      this.found.add(expression);
    }
  }

  #areInvariant(parts: readonly Expression[], isWholeToo: boolean): boolean {
    const invariant = parts.filter((part) => this.isInvariant(part));
    if (isWholeToo && invariant.length === parts.length) return true;
    for (const part of invariant) this.mark(part);
    return false;
  }
}
