/** One group at work: its rules one after the other. */
import type { RuleGroup as GroupStatus } from "../api/sources.ts";
import type { RuleGroup } from "./model.ts";
import { RuleRun, type RuleSurroundings } from "./rule_run.ts";

/** Evaluates a group again and again. */
export class GroupRun {
  /** How often it is evaluated, in milliseconds. */
  readonly intervalMs: number;
  readonly #group: RuleGroup;
  readonly #rules: readonly RuleRun[];
  readonly #surroundings: RuleSurroundings;
  readonly #inTurn: (work: () => Promise<void>) => Promise<void>;
  #isRestored = false;
  #evaluationMs = 0;
  #lastEvaluation: number | undefined;

  /** `intervalMs` is for a group that says none; `inTurn` runs work when other groups let it. */
  constructor(
    group: RuleGroup,
    intervalMs: number,
    surroundings: RuleSurroundings,
    inTurn: (work: () => Promise<void>) => Promise<void> = (work) => work(),
  ) {
    this.intervalMs = group.intervalMs ?? intervalMs;
    this.#group = group;
    this.#rules = group.rules.map((rule) => new RuleRun(rule, group, surroundings));
    this.#surroundings = surroundings;
    this.#inTurn = inTurn;
  }

  /** How it and its rules stand. */
  get status(): GroupStatus {
    const { name, file, limit } = this.#group;
    return {
      name,
      file,
      intervalMs: this.intervalMs,
      limit,
      rules: this.#rules.map((rule) => rule.status),
      evaluationMs: this.#evaluationMs,
      lastEvaluation: this.#lastEvaluation,
    };
  }

  /** Evaluates all rules for a time, in milliseconds. What fails is in the status of the rule. */
  async evaluate(time: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRestored) {
      this.#isRestored = true;
      for (const rule of this.#rules) await this.#inTurn(() => rule.restore(time));
    }
    const begin = performance.now();
    const lastEvaluation = this.#surroundings.clock.now();
    for (const rule of this.#rules) {
      if (signal.aborted) return;
      await this.#inTurn(() => rule.evaluate(time, signal));
    }
    this.#lastEvaluation = lastEvaluation;
    this.#evaluationMs = performance.now() - begin;
  }
}
