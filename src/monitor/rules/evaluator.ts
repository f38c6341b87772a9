/**
 * Evaluates recording rules and alerts over a store, as Prometheus does.
 *
 * ```ts
 * const rules = new RuleEvaluator({ store, engine, groups: loadRules(RULES), intervalMs: 15_000, log });
 * rules.groups();
 * await rules.close();
 * ```
 *
 * @module
 */
import type { Logger } from "../../logging/logger.ts";
import { nextTurn } from "../../net/turns.ts";
import type { ActiveAlert, RuleGroup as GroupStatus, RuleSource } from "../api/sources.ts";
import { type Clock, SYSTEM_CLOCK, ticks } from "../clock.ts";
import type { Engine } from "../promql/engine.ts";
import type { Store } from "../store/store.ts";
import { GroupRun } from "./group_run.ts";
import type { RuleGroup } from "./model.ts";

/** Options of {@linkcode RuleEvaluator}. */
export interface RuleEvaluatorOptions {
  readonly store: Store;
  readonly engine: Engine;
  /** From `loadRules`. */
  readonly groups: readonly RuleGroup[];
  /** How often groups are evaluated that say nothing of it, in milliseconds. */
  readonly intervalMs: number;
  readonly log: Logger;
  /** Default the system's. */
  readonly clock?: Clock | undefined;
}

/** What is known of a group. */
export interface RuleGroupStatus extends GroupStatus {
  /** How many evaluations were left out because the one before took too long. */
  readonly missedIterations: number;
}

/**
 * Evaluates groups, each at whole multiples of its interval, until it is closed. One rule is evaluated
 * at a time, so that all of them together hold the event loop no longer than one query does.
 */
export class RuleEvaluator implements RuleSource {
  readonly #runs: readonly GroupRun[];
  readonly #stop = new AbortController();
  readonly #loops: readonly Promise<void>[];
  #missed = new Map<GroupRun, number>();

  /** Throws a RangeError where the interval makes no sense. */
  constructor({ groups, intervalMs, clock = SYSTEM_CLOCK, ...rest }: RuleEvaluatorOptions) {
    if (!(intervalMs >= 1)) {
      throw new RangeError(`Cannot evaluate rules every ${intervalMs} ms: it must be at least 1`);
    }
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = (work: () => Promise<void>) => {
      // Dozens of short rules in one go would hold up calls.
      const done = last.then(nextTurn).then(work);
      last = done.catch(() => {});
      return done;
    };
    const surroundings = { ...rest, clock };
    this.#runs = groups.map((group) => new GroupRun(group, intervalMs, surroundings, inTurn));
    this.#loops = this.#runs.map((run) => this.#run(run, clock));
  }

  /** The groups with their rules and alerts, in the order given. */
  groups(): readonly RuleGroupStatus[] {
    return this.#runs.map((run) => ({
      ...run.status,
      missedIterations: this.#missed.get(run) ?? 0,
    }));
  }

  /** All alerts that are pending or firing. */
  alerts(): readonly ActiveAlert[] {
    return this.groups().flatMap(({ rules }) =>
      rules.flatMap((rule) => rule.type === "alerting" ? rule.alerts : [])
    );
  }

  /** Stops. Series are not marked as ended, so that alerts go on where the next process opens the store. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("the rules are evaluated no longer"));
    await Promise.all(this.#loops);
  }

  async #run(run: GroupRun, clock: Clock): Promise<void> {
    const { signal } = this.#stop;
    const { intervalMs } = run;
    const start = (Math.floor(clock.now() / intervalMs) + 1) * intervalMs;
    for await (const { due, missed } of ticks({ start, intervalMs, clock, signal })) {
      if (missed > 0) this.#missed.set(run, (this.#missed.get(run) ?? 0) + missed);
      await run.evaluate(due, signal);
    }
  }
}
