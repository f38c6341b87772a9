import type { Call, Expression } from "../ast.ts";
import type { VectorCall } from "../functions/function.ts";
import { valueType } from "../parse/mod.ts";
import type { Steps, StepSeries } from "../value.ts";
import type { Evaluator } from "./evaluator.ts";
import { numberSeries, timesOf } from "./steps.ts";
import { CallNotes } from "./windows.ts";

/** A call's arguments, evaluated. */
export class VectorArguments extends CallNotes implements VectorCall {
  readonly scalars = new Map<number, Float64Array>();
  readonly #vectors = new Map<number, readonly StepSeries[]>();
  readonly #call: Call;
  readonly #evaluator: Evaluator;

  private constructor(evaluator: Evaluator, call: Call, readonly steps: Steps) {
    super(evaluator.annotations, call);
    this.#call = call;
    this.#evaluator = evaluator;
  }

  static async of(evaluator: Evaluator, call: Call, steps: Steps): Promise<VectorArguments> {
    const run = new VectorArguments(evaluator, call, steps);
    for (const [index, argument] of call.arguments.entries()) {
      const type = valueType(argument);
      if (type === "scalar") run.scalars.set(index, await evaluator.scalar(argument, steps));
      if (type === "vector") run.#vectors.set(index, await evaluator.vector(argument, steps));
    }
    return run;
  }

  get arguments(): readonly Expression[] {
    return this.#call.arguments;
  }

  get pace(): Evaluator["pace"] {
    return this.#evaluator.pace;
  }

  get delayedNameRemoval(): boolean {
    return this.#evaluator.delayedNameRemoval;
  }

  string(index: number): string {
    const argument = this.#call.arguments[index];
    return argument?.kind === "string" ? argument.value : "";
  }

  scalar(index: number): Float64Array {
    return this.scalars.get(index) ?? new Float64Array(this.steps.count).fill(NaN);
  }

  vector(index: number): readonly StepSeries[] {
    return this.#vectors.get(index) ?? [];
  }

  /** The vector among the arguments, or where there is none the time of each step. */
  async vectorOrTime(): Promise<readonly StepSeries[]> {
    for (const vector of this.#vectors.values()) return vector;
    return [numberSeries(await timesOf(this.steps, this.pace))];
  }
}
