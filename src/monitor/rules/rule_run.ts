/** One rule at work: its query, what is stored of it, and how it went. */
import type {
  AlertingRule as AlertingStatus,
  RecordingRule as RecordingStatus,
  RuleHealth,
} from "../api/sources.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../../logging/logger.ts";
import { Labels } from "../labels.ts";
import { Pace } from "../pace.ts";
import type { Engine } from "../promql/engine.ts";
import { QueryError } from "../promql/errors.ts";
import type { QueryResult, VectorSample } from "../promql/value.ts";
import type { BatchSample, Refusal } from "../store/batch.ts";
import type { SeriesHandle } from "../store/series.ts";
import type { Store } from "../store/store.ts";
import { finishInSlices } from "../stretches.ts";
import { AlertInstances } from "./alert_instances.ts";
import { earlierAlerts } from "./earlier_alerts.ts";
import type { Rule, RuleGroup } from "./model.ts";
import { recorded } from "./recording.ts";

/** What rules need to be evaluated. */
export interface RuleSurroundings {
  readonly store: Store;
  readonly engine: Engine;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Evaluates a rule again and again. */
export class RuleRun {
  readonly #rule: Rule;
  readonly #group: RuleGroup;
  readonly #surroundings: RuleSurroundings;
  readonly #alerts: AlertInstances | undefined;
  /** Series that the last evaluation stored, by the key of their labels. */
  #live = new Map<string, SeriesHandle>();
  #health: RuleHealth = "unknown";
  #lastError = "";
  #evaluationMs = 0;
  #lastEvaluation: number | undefined;

  constructor(rule: Rule, group: RuleGroup, surroundings: RuleSurroundings) {
    this.#rule = rule;
    this.#group = group;
    this.#surroundings = surroundings;
    if (rule.type === "alerting") {
      this.#alerts = new AlertInstances(rule, (reason) => this.#warn("a template failed", reason));
    }
  }

  /** How it stands. */
  get status(): AlertingStatus | RecordingStatus {
    const rule = this.#rule;
    const status = {
      name: rule.name,
      query: rule.query,
      labels: rule.labels,
      health: this.#health,
      ...this.#lastError !== "" && { lastError: this.#lastError },
      evaluationMs: this.#evaluationMs,
      lastEvaluation: this.#lastEvaluation,
    };
    if (rule.type === "recording") return { type: "recording", ...status };
    return {
      type: "alerting",
      ...status,
      state: this.#lastEvaluation === undefined ? "unknown" : this.#alerts?.state ?? "unknown",
      durationMs: rule.holdMs,
      keepFiringForMs: rule.keepFiringForMs,
      annotations: rule.annotations,
      alerts: this.#alerts?.active ?? [],
    };
  }

  /** Takes up the alerts that an earlier process has left in the store. Never rejects. */
  async restore(time: number): Promise<void> {
    if (this.#rule.type !== "alerting") return;
    try {
      this.#alerts?.restore(await earlierAlerts(this.#surroundings.store, this.#rule, time));
    } catch (error) {
      this.#warn("alerts of an earlier process are not taken up", messageOf(error));
    }
  }

  /** Evaluates it for a time, in milliseconds. Never rejects: what went wrong is in the status. */
  async evaluate(time: number, signal: AbortSignal): Promise<void> {
    const begin = performance.now();
    this.#lastEvaluation = this.#surroundings.clock.now();
    try {
      const pace = new Pace();
      const samples = await this.#samples(time, pace, signal);
      await this.#store(samples, time - this.#group.queryOffsetMs, pace);
      this.#health = "ok";
      this.#lastError = "";
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(messageOf(error));
    } finally {
      this.#evaluationMs = performance.now() - begin;
    }
  }

  async #samples(time: number, pace: Pace, signal: AbortSignal): Promise<VectorSample[]> {
    const { engine, store } = this.#surroundings;
    const { limit, queryOffsetMs } = this.#group;
    const rule = this.#rule;
    const { result } = await engine.instant(
      store,
      { query: rule.query, time: time - queryOffsetMs },
      { signal },
    );
    const vector = vectorOf(result);
    if (rule.type === "recording") return await finishInSlices(recorded(rule, vector, limit), pace);
    if (this.#alerts === undefined) return [];
    return await finishInSlices(this.#alerts.update(vector, time, limit), pace);
  }

  /** Stores samples, and that the series of last time which are not among them have ended. */
  async #store(samples: readonly VectorSample[], time: number, pace: Pace): Promise<void> {
    const { store } = this.#surroundings;
    const { file, name } = this.#group;
    const source = `rules of ${file}, ${name}`;
    const live = new Map<string, SeriesHandle>();
    const current: BatchSample[] = [];
    for (const { labels, value } of samples) {
      const series = this.#live.get(labels.key) ?? store.handle(labels);
      live.set(labels.key, series);
      current.push(
        typeof value === "number" ? { series, value } : { series, value: 0, histogram: value },
      );
      if (pace.due(16)) await pace.giveWay();
    }
    const ended: BatchSample[] = [];
    for (const [key, series] of this.#live) {
      if (!live.has(key)) ended.push({ series, value: NaN, stale: true });
      if (pace.due(64)) await pace.giveWay();
    }
    const { refused } = await store.appendInSlices({ source, time, samples: current }, pace);
    // Another rule may go on with such a series: then the marker is refused, and rightly so.
    await store.appendInSlices({ source, time, samples: ended }, pace);
    this.#live = live;
    for (const [reason, words] of Object.entries(REFUSED)) {
      const count = refused[reason as Refusal];
      if (count > 0) throw new Error(`${count} samples were not stored: ${words}`);
    }
  }

  #fail(reason: string): void {
    if (this.#lastError !== reason) this.#warn("a rule failed", reason);
    this.#health = "err";
    this.#lastError = reason;
  }

  #warn(message: string, reason: string): void {
    const { file, name: group } = this.#group;
    this.#surroundings.log.warn(message, { file, group, rule: this.#rule.name, reason });
  }
}

const REFUSED: Readonly<Record<Refusal, string>> = {
  outOfOrder: "they are older than what their series have",
  duplicate: "another rule or scrape has stored other values for the same series and time",
  outOfBounds: "their time is too far from now",
  tooManySeries: "the store has as many series as it may have",
};

function vectorOf(result: QueryResult): readonly VectorSample[] {
  if (result.type === "vector") return result.samples;
  if (result.type === "scalar") return [{ labels: Labels.EMPTY, value: result.value }];
  throw new QueryError("execution", "rule result is not a vector or scalar");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
