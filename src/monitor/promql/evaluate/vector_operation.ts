import type { Labels } from "../../labels.ts";
import type { Pace } from "../../pace.ts";
import { inStretches, STRETCH } from "../../stretches.ts";
import type { Binary, VectorMatching } from "../ast.ts";
import { QueryError } from "../errors.ts";
import { FLOAT, type Steps, type StepSeries } from "../value.ts";
import { arithmetic, comparison, isArithmetic, isComparison } from "./arithmetic.ts";
import type { Evaluator } from "./evaluator.ts";
import { matchedLabels } from "./matching.ts";
import { withoutName } from "./names.ts";
import type { OneSide } from "./one_side.ts";
import { type ElementOperator, elementOperator, type Operand } from "./operands.ts";
import { draftSeries, hasValues, type SeriesDraft, setValue, stretchOf, valueAt } from "./steps.ts";

/** The operator on its way through the series; "many" is the left side of `group_left`, or the left. */
export class VectorOperation {
  readonly #operate: ElementOperator;
  readonly #expression: Binary;
  readonly #matching: VectorMatching;
  readonly #pace: Pace;
  readonly #stepCount: number;
  readonly #dropsName: boolean;
  /** What stands in for a missing partner on either side. */
  readonly #fillMany: number | undefined;
  readonly #fillOne: number | undefined;
  readonly #results: SeriesDraft[] = [];
  /** For each match group, what has matched so far. */
  readonly #matched = new Map<number, Matched>();

  constructor(
    evaluator: Evaluator,
    expression: Binary,
    matching: VectorMatching,
    { count }: Steps,
  ) {
    this.#operate = elementOperator(expression, evaluator.annotations);
    this.#expression = expression;
    this.#matching = matching;
    this.#pace = evaluator.pace;
    this.#stepCount = count;
    this.#dropsName = isArithmetic(expression.operator) ||
      (expression.returnBool && !evaluator.delayedNameRemoval);
    const { fillLeft, fillRight, cardinality } = matching;
    const isSwapped = cardinality === "one-to-many";
    this.#fillMany = isSwapped ? fillRight : fillLeft;
    this.#fillOne = isSwapped ? fillLeft : fillRight;
  }

  /** Whether series of the one side have a result without a partner. */
  get fillsMany(): boolean {
    return this.#fillMany !== undefined;
  }

  result(): StepSeries[] {
    return this.#results.filter(hasValues);
  }

  /** A series of the many side with its partners, or the value that stands in for them. */
  addMany(series: StepSeries, group: number, side: OneSide): Promise<void> | undefined {
    const fill = this.#fillOne;
    const only = side.only(group);
    const add = only !== undefined && fill === undefined
      ? this.#numberAddition(series, only, group)
      : undefined;
    if (add !== undefined) return inStretches(this.#stepCount, STRETCH, this.#pace, add);
    let last: StepSeries | undefined;
    let output: Output | undefined;
    return inStretches(this.#stepCount, stretchOf(series), this.#pace, (from, to) => {
      for (let step = from; step < to; step++) {
        const value = valueAt(series, step);
        if (value === undefined) continue;
        const partner = side.at(group, step);
        const other = partner === undefined ? fill : valueAt(partner, step);
        if (other === undefined) continue;
        if (output === undefined || partner !== last) {
          const labels = partner?.labels ?? matchedLabels(series.labels, this.#matching);
          output = this.#output(series.labels, labels, group);
          last = partner;
        }
        this.#apply(output, step, value, other);
      }
    });
  }

  /**
   * The plain case, fast: what adds the steps from one to before another where there are numbers on
   * both sides. Undefined where it is not that.
   */
  #numberAddition(
    series: StepSeries,
    partner: StepSeries,
    group: number,
  ): ((from: number, to: number) => void) | undefined {
    const { operator, returnBool } = this.#expression;
    if (series.histograms !== undefined || partner.histograms !== undefined) return undefined;
    if (!isArithmetic(operator) && !isComparison(operator)) return undefined;
    const calculate = isArithmetic(operator) ? arithmetic(operator) : undefined;
    const holds = isComparison(operator) ? comparison(operator) : undefined;
    const isSwapped = this.#matching.cardinality === "one-to-many";
    const [left, right] = isSwapped ? [partner, series] : [series, partner];
    const { draft, taken, matched } = this.#output(series.labels, partner.labels, group);
    return (from, to) => {
      for (let step = from; step < to; step++) {
        if (left.present[step] === 0 || right.present[step] === 0) continue;
        if (taken[step] === 1) throw this.#manyMatches();
        taken[step] = 1;
        matched[step] = 1;
        const a = left.values[step] as number;
        const b = right.values[step] as number;
        let value = a;
        if (calculate !== undefined) {
          value = calculate(a, b);
        } else {
          const isKept = holds?.(a, b) === true;
          if (!isKept && !returnBool) continue;
          if (returnBool) value = isKept ? 1 : 0;
        }
        draft.present[step] = FLOAT;
        draft.values[step] = value;
      }
    };
  }

  /** A series of the one side, at the steps at which nothing has matched it. */
  addUnmatched(series: StepSeries, group: number): Promise<void> | undefined {
    const fill = this.#fillMany;
    if (fill === undefined) return undefined;
    const matched = this.#matched.get(group)?.steps.slice();
    const labels = matchedLabels(series.labels, this.#matching);
    const output = this.#output(labels, series.labels, group);
    return inStretches(this.#stepCount, stretchOf(series), this.#pace, (from, to) => {
      for (let step = from; step < to; step++) {
        const value = valueAt(series, step);
        if (value !== undefined && matched?.[step] !== 1) this.#apply(output, step, fill, value);
      }
    });
  }

  #apply({ draft, taken, matched }: Output, step: number, many: Operand, one: Operand): void {
    const outcome = this.#matching.cardinality === "one-to-many"
      ? this.#operate(one, many)
      : this.#operate(many, one);
    if (outcome === undefined) return;
    if (taken[step] === 1) throw this.#manyMatches();
    taken[step] = 1;
    matched[step] = 1;
    if (this.#expression.returnBool) setValue(draft, step, outcome.isKept ? 1 : 0);
    else if (outcome.isKept) setValue(draft, step, outcome.value);
  }

  #output(many: Labels, one: Labels, group: number): Output {
    let labels = this.#dropsName ? withoutName(many) : many;
    const isOneToOne = this.#matching.cardinality === "one-to-one";
    if (isOneToOne) {
      labels = this.#matching.on
        ? labels.only(this.#matching.labels)
        : labels.without(this.#matching.labels);
    }
    for (const name of this.#matching.include) labels = labels.with(name, one.get(name));
    const draft = draftSeries(labels, this.#stepCount, this.#expression.returnBool);
    this.#results.push(draft);
    const matched = this.#matchedIn(group);
    if (isOneToOne) return { draft, taken: matched.steps, matched: matched.steps };
    let taken = matched.byLabels.get(labels.key);
    if (taken === undefined) {
      matched.byLabels.set(labels.key, taken = new Uint8Array(this.#stepCount));
    }
    return { draft, taken, matched: matched.steps };
  }

  #matchedIn(group: number): Matched {
    let matched = this.#matched.get(group);
    if (matched === undefined) {
      matched = { steps: new Uint8Array(this.#stepCount), byLabels: new Map() };
      this.#matched.set(group, matched);
    }
    return matched;
  }

  #manyMatches(): QueryError {
    const advice = this.#matching.cardinality === "one-to-one"
      ? "many-to-one matching must be explicit (group_left/group_right)"
      : "grouping labels must ensure unique matches";
    return new QueryError("execution", `multiple matches for labels: ${advice}`);
  }
}

/** A series of the result; at each step that is `taken` it may not have another value. */
interface Output {
  readonly draft: SeriesDraft;
  readonly taken: Uint8Array;
  readonly matched: Uint8Array;
}

/** What has matched in a group: 1 at each step at which something has. */
interface Matched {
  readonly steps: Uint8Array;
  /** By the key of the result's labels. */
  readonly byLabels: Map<string, Uint8Array>;
}
